package dev.slipway.deployments.service.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.store.DeploymentFilter;
import dev.slipway.deployments.store.Place;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployments into one environment. */
@Component(service = EnvironmentDeployments.class)
public final class EnvironmentDeployments {
  private static final String PROMOTE_FROM = "promote_from_deployment_id";

  private final Places places;
  private final DeploymentService deployments;
  private final Promotions promotions;

  @Activate
  public EnvironmentDeployments(
      @Reference Places places,
      @Reference DeploymentService deployments,
      @Reference Promotions promotions) {
    this.places = places;
    this.deployments = deployments;
    this.promotions = promotions;
  }

  /**
   * Ships a version into the environment that the request names.
   *
   * @param promoteFrom the deployment whose build is shipped; null for a version of the app's
   *     source
   */
  public Deployment deploy(
      Caller caller, UUID environmentId, DeploymentRequest request, @Nullable UUID promoteFrom) {
    var app = places.environments().require(Scope.of(caller), environmentId).appId();
    return promoteFrom == null
        ? deployments.deploy(caller, app, request)
        : promotions.promote(
            caller, new Place(app, environmentId), promoteFrom, request, PROMOTE_FROM);
  }

  /** What was shipped into it, newest first; null = whatever came of it. */
  public Page<Deployment> list(
      Caller caller, UUID environmentId, String @Nullable [] statuses, PageRequest page) {
    places.environments().require(Scope.of(caller), environmentId);
    var filter = new DeploymentFilter(null, environmentId, null, null, statuses, null);
    return deployments.list(caller, filter, page);
  }
}
