package dev.slipway.scripts.service;

import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.ScriptsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs tenants' scripts for the features that have hooks. */
@Component(service = Scripts.class)
public final class AttachedScripts implements Scripts {
  private final Registry registry;
  private final Attachments attachments;
  private final Runner runner;
  private final ExecutionLog log;

  @Activate
  public AttachedScripts(
      @Reference Registry registry,
      @Reference Attachments attachments,
      @Reference Runner runner,
      @Reference ExecutionLog log) {
    this.registry = registry;
    this.attachments = attachments;
    this.runner = runner;
    this.log = log;
  }

  @Override
  public boolean attached(UUID tenantId, String hook) {
    return attachments.at(tenantId, hook);
  }

  @Override
  public List<ScriptRun> run(
      UUID tenantId, String hook, Map<String, @Nullable Object> event, ScriptTrigger trigger)
      throws InterruptedException {
    check(hook, event);
    var runs = new ArrayList<ScriptRun>();
    for (var script : attachments.attached(tenantId, hook)) {
      if (Filters.pass(hook, script.filter(), event)) {
        runs.add(run(script, event, trigger));
      }
    }
    return runs;
  }

  @Override
  public ScriptRun runOne(
      UUID tenantId, UUID scriptId, Map<String, @Nullable Object> event, ScriptTrigger trigger)
      throws InterruptedException {
    var script =
        attachments.find(tenantId, scriptId).orElseThrow(ScriptsError.SCRIPT_NOT_FOUND::of);
    check(script.hook(), event);
    return run(script, event, trigger);
  }

  private ScriptRun run(Script script, Map<String, @Nullable Object> event, ScriptTrigger trigger)
      throws InterruptedException {
    var ran = runner.run(script, event, trigger, false);
    var execution = ran.execution();
    log.keep(execution);
    var error = execution.error();
    return new ScriptRun(
        execution.id(),
        script.id(),
        script.name(),
        execution.status(),
        ran.result(),
        error == null ? null : ScriptFault.of(String.valueOf(error.get("message"))));
  }

  private void check(String hook, Map<String, @Nullable Object> event) {
    var known =
        registry
            .find(hook)
            .orElseThrow(() -> new IllegalArgumentException("there is no hook " + hook));
    var faults = known.input().mismatches(event);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(hook + ": " + faults.getFirst());
    }
  }
}
