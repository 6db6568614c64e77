package dev.slipway.scripts.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptSandbox;
import dev.slipway.api.script.ScriptTask;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import dev.slipway.scripts.Execution;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.store.ExecutionStore;
import dev.slipway.scripts.store.ScriptStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs a script once and makes an execution of it. */
@Component(service = Runner.class)
public final class Runner {
  /** Longest event that is kept with its execution, in characters. */
  private static final int LONGEST_KEPT = 64 * 1024;

  private final Database database;
  private final ScriptSandbox sandbox;
  private final Registry registry;
  private final Owners owners;
  private final Secrets secrets;
  private final Json json;
  private final Sources sources;
  private final ScriptStore scripts;
  private final ExecutionStore executions;

  @Activate
  public Runner(
      @Reference Database database,
      @Reference ScriptSandbox sandbox,
      @Reference Registry registry,
      @Reference Owners owners,
      @Reference Secrets secrets,
      @Reference Json json) {
    this.database = database;
    this.sandbox = sandbox;
    this.registry = registry;
    this.owners = owners;
    this.secrets = secrets;
    this.json = json;
    sources = new Sources(database);
    scripts = new ScriptStore(database);
    executions = new ExecutionStore(database);
  }

  /** A run as it begins. */
  private record Begun(
      UUID id,
      Script script,
      Map<String, @Nullable Object> event,
      int size,
      ScriptTrigger trigger,
      boolean dry,
      Instant startedAt) {}

  /**
   * A run that is over.
   *
   * @param execution as it is kept: without secrets
   * @param result what the script returned, secrets included; null unless it has succeeded
   */
  record Ran(Execution execution, @Nullable Object result) {}

  /**
   * Runs the active version, outside of any unit of work; the execution is not stored yet.
   *
   * @param event plain JSON values that fit the hook
   */
  Ran run(Script script, Map<String, @Nullable Object> event, ScriptTrigger trigger, boolean dry)
      throws InterruptedException {
    var given = json.write(event);
    var begun = new Begun(Ids.next(), script, event, given.length(), trigger, dry, Times.now());
    var offer = registry.offer(script.hook());
    var owner = owners.of(script, begun.id());
    if (offer.isEmpty() || owner.isEmpty()) {
      var fault =
          offer.isEmpty()
              ? "The hook " + script.hook() + " is not there at the moment."
              : "The script's owner has no access to the tenant any more.";
      return new Ran(execution(begun, Ended.failed(fault), null), null);
    }
    var run = new RunHost.Run(owner.get(), script.id(), begun.id(), dry);
    var host = new RunHost(run, json, offer.get().functions());
    var task =
        new ScriptTask(
            script.tenantId(),
            fileName(script.name()),
            sources.of(script),
            given,
            offer.get().names(),
            Duration.ofMillis(script.timeoutMs()));
    var ended = ended(offer.get().hook(), sandbox.run(task, host));
    return new Ran(execution(begun, ended, host), ended.result());
  }

  /** Runs as {@link #run} and stores the execution. */
  Ran record(Script script, Map<String, @Nullable Object> event, ScriptTrigger trigger, boolean dry)
      throws InterruptedException {
    var ran = run(script, event, trigger, dry);
    database.run(Scope.tenant(script.tenantId()), () -> store(ran.execution()));
    return ran;
  }

  /** Keeps an execution; needs a unit of work. A script that was removed meanwhile has none. */
  void store(Execution execution) {
    if (scripts.lock(execution.scriptId()).isPresent()) {
      executions.insert(execution);
      scripts.ran(
          execution.scriptId(),
          execution.status().name().toLowerCase(Locale.ROOT),
          execution.startedAt());
    }
  }

  /** An execution of a run that was not begun. */
  Execution rejected(
      Script script, Map<String, @Nullable Object> event, ScriptTrigger trigger, String why) {
    var outcome = new ScriptOutcome(Status.REJECTED, null, ScriptFault.of(why), null, 0, 0);
    var size = json.write(event).length();
    var begun = new Begun(Ids.next(), script, event, size, trigger, false, Times.now());
    return execution(begun, new Ended(outcome, null), null);
  }

  /** Under which name a script stands in stack traces. */
  static String fileName(String name) {
    var plain = name.replaceAll("[^A-Za-z0-9_-]+", "-");
    return (plain.length() > 60 ? plain.substring(0, 60) : plain) + ".js";
  }

  /**
   * How a run has come out.
   *
   * @param result what the outcome's text says, read once; null unless it has succeeded
   */
  private record Ended(ScriptOutcome outcome, @Nullable Object result) {
    static Ended failed(String fault) {
      return failed(fault, 0, 0);
    }

    static Ended failed(String fault, long cpuMillis, long wallMillis) {
      return new Ended(
          new ScriptOutcome(
              Status.FAILED, null, ScriptFault.of(fault), null, cpuMillis, wallMillis),
          null);
    }
  }

  /** A result that can not be kept or does not fit the hook is a failure. */
  private Ended ended(Hook hook, ScriptOutcome outcome) {
    if (!outcome.succeeded()) {
      return new Ended(outcome, null);
    }
    Object result;
    try {
      result = json.read(outcome.result(), Object.class);
    } catch (IllegalArgumentException unreadable) {
      return failed(
          outcome,
          "The result can not be kept as JSON: it is nested too deep, or a name in it is too"
              + " long.");
    }
    if (!Depth.fits(result, Depth.MOST)) {
      return failed(
          outcome,
          "The result can not be kept as JSON: it is nested deeper than " + Depth.MOST + ".");
    }
    var faults = hook.result().mismatches(result);
    return faults.isEmpty()
        ? new Ended(outcome, result)
        : failed(outcome, "The result does not fit the hook: " + faults.getFirst() + ".");
  }

  private static Ended failed(ScriptOutcome outcome, String fault) {
    return Ended.failed(fault, outcome.cpuMillis(), outcome.wallMillis());
  }

  private Execution execution(Begun begun, Ended ended, @Nullable RunHost host) {
    var script = begun.script();
    var outcome = ended.outcome();
    return new Execution(
        begun.id(),
        script.tenantId(),
        script.id(),
        script.activeVersion(),
        script.hook(),
        begun.trigger().type(),
        begun.trigger().id(),
        begun.dry(),
        begun.size() > LONGEST_KEPT ? null : json.write(clean(begun.event())),
        outcome.status(),
        outcome.result() == null ? null : json.write(clean(ended.result())),
        outcome.fault() == null ? null : error(outcome.fault()),
        outcome.limit(),
        host == null ? List.of() : masked(host.logs(), "message"),
        host == null ? List.of() : masked(host.effects(), "summary"),
        outcome.cpuMillis(),
        outcome.wallMillis(),
        begun.startedAt());
  }

  private Map<String, @Nullable Object> error(ScriptFault fault) {
    var error = new LinkedHashMap<String, @Nullable Object>();
    error.put("message", clean(fault.message()));
    if (fault.line() > 0) {
      error.put("line", fault.line());
      error.put("column", fault.column());
    }
    if (fault.stack() != null) {
      error.put("stack", clean(fault.stack()));
    }
    return error;
  }

  private List<Map<String, @Nullable Object>> masked(
      List<Map<String, @Nullable Object>> entries, String member) {
    return entries.stream()
        .map(
            entry -> {
              var copy = new LinkedHashMap<>(entry);
              copy.computeIfPresent(member, (name, text) -> clean(text.toString()));
              copy.computeIfPresent("outcome", (name, text) -> clean(text.toString()));
              return (Map<String, @Nullable Object>) copy;
            })
        .toList();
  }

  private @Nullable Object clean(@Nullable Object value) {
    return switch (value) {
      case String text -> clean(text);
      case List<?> list -> cleanAll(list);
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> copy.put(clean(name.toString()), clean(member)));
        yield copy;
      }
      case null, default -> value;
    };
  }

  private List<@Nullable Object> cleanAll(List<?> list) {
    var copy = new ArrayList<@Nullable Object>(list.size());
    list.forEach(entry -> copy.add(clean(entry)));
    return copy;
  }

  /** Without secrets, and without what PostgreSQL's text can not hold. */
  private String clean(String text) {
    var masked = secrets.mask(text).replace('\0', ' ');
    return new String(masked.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
