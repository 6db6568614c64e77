package dev.slipway.deployments.service.preview;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppStatus;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.teardown.EnvironmentTeardown;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.preview.PreviewStore;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Kills what runs in a preview. The preview stays open, and its next commit runs again. */
@Component(service = PreviewStop.class)
public final class PreviewStop {
  private static final String REASON = "its preview was stopped";

  private final Database database;
  private final DeploymentStore deployments;
  private final PreviewStore previews;
  private final Places places;
  private final EnvironmentTeardown teardown;

  @Activate
  public PreviewStop(
      @Reference Database database,
      @Reference Places places,
      @Reference EnvironmentTeardown teardown) {
    this.database = database;
    deployments = new DeploymentStore(database);
    previews = new PreviewStore(database);
    this.places = places;
    this.teardown = teardown;
  }

  /**
   * Stops the instances of a deployment that is live in a preview, and calls off what is being
   * deployed there; said again it changes nothing.
   */
  public Deployment stop(Caller caller, UUID appId, UUID deploymentId) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          deployments.gate(appId);
          var row =
              deployments
                  .find(deploymentId)
                  .filter(found -> found.appId().equals(appId))
                  .orElseThrow(DeploymentsError.NOT_FOUND::of);
          if (row.status() != DeploymentStatus.LIVE || !isPreviewed(row)) {
            throw DeploymentsError.NO_PREVIEW.of();
          }
          // The next commit may be on its way already; whoever stops a preview wants nothing there.
          teardown.callOff(scope, row.place(), REASON);
          teardown.clear(scope, row.place(), places.label(scope, row.place()));
          places.changed(scope, row.place(), AppStatus.STOPPED, null, null);
          deployments.reachable(row.id(), null);
          return deployments.find(deploymentId).orElseThrow().toDeployment();
        });
  }

  private boolean isPreviewed(DeploymentRow row) {
    var environment = row.environmentId();
    return environment != null
        && previews
            .ofEnvironment(environment)
            .filter(found -> found.closedAt() == null)
            .isPresent();
  }
}
