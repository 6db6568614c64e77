package dev.slipway.scripts.service;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptSandbox;
import dev.slipway.scripts.ScriptsError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What must hold of a script before it is saved. */
@Component(service = Drafts.class)
public final class Drafts {
  private static final int MOST_SECRETS = 50;
  private static final int LONGEST_SECRET = 10_000;

  private final Registry registry;
  private final ScriptSandbox sandbox;

  @Activate
  public Drafts(@Reference Registry registry, @Reference ScriptSandbox sandbox) {
    this.registry = registry;
    this.sandbox = sandbox;
  }

  /** Refuses with 400 naming what is wrong; loads the source, so not inside a unit of work. */
  void check(UUID tenantId, ScriptDraft draft) {
    var hook = registry.require(draft.hook());
    filter(hook, draft.filter());
    draft.secrets().forEach(Drafts::secret);
    if (draft.secrets().size() > MOST_SECRETS) {
      throw CommonError.INVALID.of().withField("secrets", "must be at most " + MOST_SECRETS);
    }
    if (draft.source() != null) {
      var faults = faults(tenantId, draft.name(), draft.source());
      if (!faults.isEmpty()) {
        throw ScriptsError.NOT_COMPILED
            .of()
            .withFields(faults.stream().map(Drafts::field).toList())
            .withMember("diagnostics", faults.stream().map(Drafts::diagnostic).toList());
      }
    }
  }

  /** Refuses with 400 where there is no such hook. */
  void hook(String name) {
    registry.require(name);
  }

  /** The timeout that a draft says, else its hook's. */
  int timeout(ScriptDraft draft) {
    var stated = draft.timeoutMs();
    return stated == null ? (int) registry.require(draft.hook()).timeout().toMillis() : stated;
  }

  /** What is wrong with a source; empty where nothing is. */
  List<ScriptFault> faults(UUID tenantId, String name, String source) {
    try {
      return sandbox.check(tenantId, Runner.fileName(name), source);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommonError.UNAVAILABLE.of("The check of scripts");
    }
  }

  private static void filter(Hook hook, Map<String, @Nullable Object> filter) {
    var faults = hook.filter().mismatches(filter);
    if (!faults.isEmpty()) {
      throw ScriptsError.FILTER_UNFIT
          .of()
          .withFields(
              faults.stream().map(fault -> new FieldError("filter", fault.toString())).toList());
    }
    if (hook.name().equals(HouseHook.SCHEDULE)) {
      try {
        cron(filter);
      } catch (IllegalArgumentException fault) {
        throw ScriptsError.FILTER_UNFIT
            .of()
            .withField("filter", String.valueOf(fault.getMessage()));
      }
    }
  }

  /** The schedule that a filter says. */
  static Cron cron(Map<String, @Nullable Object> filter) {
    return Cron.parse(
        String.valueOf(filter.get("cron")),
        String.valueOf(filter.getOrDefault("time_zone", "UTC")));
  }

  /** When a script of such a filter is due next; null where it has no schedule or is disabled. */
  static @Nullable Instant nextRun(ScriptDraft draft, Instant now) {
    return draft.enabled() && draft.hook().equals(HouseHook.SCHEDULE)
        ? cron(draft.filter()).next(now).orElse(null)
        : null;
  }

  private static void secret(String name, @Nullable String value) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,99}")) {
      throw CommonError.INVALID.of().withField("secrets", "has a name that is no identifier");
    }
    if (value != null && (value.isEmpty() || value.length() > LONGEST_SECRET)) {
      throw CommonError.INVALID
          .of()
          .withField("secrets", "values must have 1 to " + LONGEST_SECRET + " characters");
    }
  }

  private static FieldError field(ScriptFault fault) {
    return new FieldError(
        "source", "line " + fault.line() + ", column " + fault.column() + ": " + fault.message());
  }

  private static Map<String, Object> diagnostic(ScriptFault fault) {
    var diagnostic = new LinkedHashMap<String, Object>();
    diagnostic.put("line", fault.line());
    diagnostic.put("column", fault.column());
    diagnostic.put("message", fault.message());
    return diagnostic;
  }
}
