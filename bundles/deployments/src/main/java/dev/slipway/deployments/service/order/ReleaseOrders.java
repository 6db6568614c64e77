package dev.slipway.deployments.service.order;

import dev.slipway.api.Scope;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.StepRow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The command that runs a release hook. It gets what an instance of the version gets: variables,
 * limits, volumes and the network, which are members of ours; an agent that knows the contract
 * alone gives it no network.
 */
final class ReleaseOrders {
  private static final String NETWORK = "deploy-net";

  private final Provisions provisions;
  private final Variables variables;

  ReleaseOrders(Provisions provisions, Variables variables) {
    this.provisions = provisions;
    this.variables = variables;
  }

  /**
   * What the agent is told.
   *
   * @param there whether the image is on the server, and in no registry
   */
  Map<String, Object> payload(
      Scope scope, DeploymentRow row, Recipe recipe, StepRow step, boolean there) {
    var release = Objects.requireNonNull(recipe.release(), "planned without a hook");
    var image = Objects.requireNonNull(row.image(), "the image is known from the start");
    var payload = new LinkedHashMap<String, Object>();
    payload.put("image_tag", image);
    payload.put("commands", release.commands());
    payload.put("timeout_sec", release.timeoutSeconds());
    payload.put("network", NETWORK);
    payload.put("skip_pull", there);
    if (!there) {
      provisions.pull(scope, row, image, payload);
    }
    provisions.instance(scope, row, step, variables.handOver(scope, row), payload);
    return payload;
  }

  /** How long the command may take. */
  static Duration limit(StepRow step, Recipe recipe) {
    var release = Objects.requireNonNull(recipe.release(), "planned without a hook");
    return step.kind().limit().plusSeconds(release.timeoutSeconds());
  }
}
