package dev.slipway.scripts.service;

import dev.slipway.api.Caller;
import dev.slipway.api.FieldError;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptTask;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.data.Database;
import dev.slipway.scripts.Execution;
import dev.slipway.scripts.ScriptsError;
import dev.slipway.scripts.store.ExecutionStore;
import dev.slipway.scripts.store.ScriptStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Executions for their tenants, and runs by hand. */
@Component(service = ExecutionService.class)
public final class ExecutionService {
  private final Database database;
  private final Registry registry;
  private final Runner runner;
  private final Json json;
  private final ScriptStore scripts;
  private final ExecutionStore executions;

  @Activate
  public ExecutionService(
      @Reference Database database,
      @Reference Registry registry,
      @Reference Runner runner,
      @Reference Json json) {
    this.database = database;
    this.registry = registry;
    this.runner = runner;
    this.json = json;
    scripts = new ScriptStore(database);
    executions = new ExecutionStore(database);
  }

  /**
   * Runs a script, enabled or not.
   *
   * @param event null = the hook's sample
   */
  public Execution run(
      Caller caller, UUID id, @Nullable Map<String, @Nullable Object> event, boolean dry)
      throws InterruptedException {
    var script =
        database
            .read(Scope.of(caller), () -> scripts.find(id))
            .orElseThrow(ScriptsError.SCRIPT_NOT_FOUND::of);
    var hook = registry.require(script.hook());
    var given = event == null ? hook.sample() : event;
    if (!Depth.fits(given, Depth.MOST_OF_EVENT)) {
      throw ScriptsError.EVENT_UNFIT.of().withField("event", "is nested too deep");
    }
    var faults = hook.input().mismatches(given);
    if (!faults.isEmpty()) {
      throw ScriptsError.EVENT_UNFIT
          .of()
          .withFields(
              faults.stream().map(fault -> new FieldError("event", fault.toString())).toList());
    }
    if (json.write(given).length() > ScriptTask.MAX_EVENT) {
      throw ScriptsError.EVENT_UNFIT.of().withField("event", "is too large for a script");
    }
    var by = caller.userId() == null ? caller.apiKeyId() : caller.userId();
    var trigger = new ScriptTrigger("manual", by == null ? null : by.toString());
    return runner.record(script, given, trigger, dry).execution();
  }

  /** A script's executions, newest first, behind the given one. */
  public List<Execution> list(
      Caller caller,
      UUID id,
      ScriptOutcome.@Nullable Status status,
      @Nullable UUID cursor,
      int limit) {
    return database.read(
        Scope.of(caller),
        () -> {
          scripts.find(id).orElseThrow(ScriptsError.SCRIPT_NOT_FOUND::of);
          return executions.list(id, status, cursor, limit);
        });
  }

  /** One execution. */
  public Execution get(Caller caller, UUID id) {
    return database
        .read(Scope.of(caller), () -> executions.find(id))
        .orElseThrow(ScriptsError.EXECUTION_NOT_FOUND::of);
  }
}
