package dev.slipway.deployments.engine;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.ServerStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a step waits for its command. */
final class Patience {
  /** How long a step waits for a server that is known to be offline. */
  private static final Duration OFFLINE = Duration.ofMinutes(2);

  private final Fleet fleet;

  Patience(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Why no end of a command is to be expected any more; null where it still is. */
  @Nullable String lost(Scope scope, StepRow step, Command command) {
    var now = Times.now();
    var deadline = step.deadlineAt();
    if (deadline != null && deadline.isBefore(now)) {
      return "the agent reported no end in time";
    }
    var waiting =
        command.status() == CommandStatus.PENDING
            && command.createdAt().isBefore(now.minus(OFFLINE));
    if (!waiting) {
      return null;
    }
    return fleet
        .servers()
        .find(scope, step.serverId())
        .filter(server -> server.status() == ServerStatus.OFFLINE)
        .map(server -> "the agent of the server " + server.name() + " is offline")
        .orElse(null);
  }
}
