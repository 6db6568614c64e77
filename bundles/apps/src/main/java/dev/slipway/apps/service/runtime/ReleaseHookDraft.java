package dev.slipway.apps.service.runtime;

import dev.slipway.apps.App;
import dev.slipway.apps.ReleaseHook;
import dev.slipway.apps.service.Faults;
import java.time.Instant;
import java.util.List;

/** A release hook as a user wants it. */
public record ReleaseHookDraft(List<String> commands, int timeoutSeconds) {
  static ReleaseHookDraft of(ReleaseHook hook) {
    return new ReleaseHookDraft(hook.commands(), hook.timeoutSeconds());
  }

  ReleaseHook of(App app, int version, Instant now) {
    return new ReleaseHook(app.id(), version, app.tenantId(), commands, timeoutSeconds, now);
  }

  /** Refuses with 400 where something is wrong with it. */
  void check() {
    var faults = new Faults();
    if (commands.isEmpty() || commands.size() > ReleaseHook.MAX_COMMANDS) {
      faults.add("commands", "must have between 1 and " + ReleaseHook.MAX_COMMANDS + " commands");
    }
    for (var number = 0; number < commands.size(); number++) {
      faults.add("commands." + number, CommandRule.fault(commands.get(number)));
    }
    var seconds = timeoutSeconds >= 1 && timeoutSeconds <= ReleaseHook.MAX_SECONDS;
    faults
        .add("timeout_seconds", seconds ? null : "must be between 1 and " + ReleaseHook.MAX_SECONDS)
        .raise();
  }
}
