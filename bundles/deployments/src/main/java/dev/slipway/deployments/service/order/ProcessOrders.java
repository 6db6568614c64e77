package dev.slipway.deployments.service.order;

import dev.slipway.api.Scope;
import dev.slipway.deployments.service.ProcessUnit;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.StepRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What agents are told about the processes of a version, by members that the contract has. An
 * instance starts as one that is not restarted, so that whoever looks after the grace time sees
 * whether its first run has lasted; starting it once more then makes it one that is.
 */
public final class ProcessOrders {
  private final Provisions provisions;
  private final Variables variables;

  ProcessOrders(Provisions provisions, Variables variables) {
    this.provisions = provisions;
    this.variables = variables;
  }

  /** Starts an instance of a process. */
  Map<String, Object> start(Scope scope, DeploymentRow row, Recipe recipe, StepRow step) {
    var container = step.requireTarget();
    var unit = ProcessUnit.named(container, row.id());
    var payload = new LinkedHashMap<String, Object>();
    payload.put("container_name", container);
    payload.put("image_tag", Objects.requireNonNull(row.image()));
    payload.put("port", recipe.port());
    // What answers requests was started from it on this server just before.
    payload.put("skip_pull", true);
    payload.put("process_name", unit.process());
    payload.put("replica_index", unit.number() - 1);
    payload.put("restart_policy", "no");
    payload.put("labels", Orders.labels(row));
    payload.put("override_cmd", recipe.process(unit.process()).command());
    provisions.instance(scope, row, step, variables.handOver(scope, row), payload);
    return payload;
  }

  /** Has the agent look whether it runs. */
  public static Map<String, Object> look(StepRow step) {
    return Map.of("container_name", step.requireTarget(), "condition", "started");
  }
}
