package dev.slipway.deployments.service.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.apps.Apps;
import dev.slipway.apps.Processes;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.service.queue.Queue;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the version of an app that is live in production, or one of its processes, in another number
 * of instances.
 */
@Component(service = ScaleService.class)
public final class ScaleService {
  private final Database database;
  private final DeploymentStore deployments;
  private final Apps apps;
  private final Processes processes;
  private final Placement placement;
  private final Drafts drafts;
  private final Queue queue;

  @Activate
  public ScaleService(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Processes processes,
      @Reference Placement placement,
      @Reference Drafts drafts,
      @Reference Queue queue) {
    this.database = database;
    deployments = new DeploymentStore(database);
    this.apps = apps;
    this.processes = processes;
    this.placement = placement;
    this.drafts = drafts;
    this.queue = queue;
  }

  /**
   * Notes the number in the app's settings and deploys what is live with it; nothing is built.
   *
   * @param replicas 1 to 20
   * @return empty where so many run already
   */
  public Optional<Deployment> scale(Caller caller, UUID appId, int replicas) {
    var scope = Scope.of(caller);
    apps.require(scope, appId);
    var live = database.read(scope, () -> live(appId));
    if (drafts.replicas(live) == replicas) {
      apps.scaled(scope, appId, replicas);
      return Optional.empty();
    }
    if (drafts.composes(live)) {
      throw DeploymentsError.COMPOSE_ONCE.at("replicas");
    }
    // Where the image is: what was built lies on its server and in no registry.
    var server = placement.choose(scope, appId, live.serverId(), null, drafts.image(live));
    return Optional.of(
        database.write(
            scope,
            () -> {
              deployments.gate(appId);
              if (!apps.scaled(scope, appId, replicas)) {
                throw DeploymentsError.APP_DELETING.of();
              }
              return queue.add(scope, appId, drafts.ofScale(caller, live, server.id(), replicas));
            }));
  }

  /**
   * The same with one of the app's processes.
   *
   * @param replicas 0 to 20
   * @return empty where so many run already
   */
  public Optional<Deployment> scale(Caller caller, UUID appId, String process, int replicas) {
    var scope = Scope.of(caller);
    apps.require(scope, appId);
    var live = database.read(scope, () -> live(appId));
    var before = drafts.replicas(live, process);
    if (before.isEmpty()) {
      throw DeploymentsError.PROCESS_NOT_DEPLOYED.at("process", process);
    }
    if (before.getAsInt() == replicas) {
      processes.scaled(scope, appId, process, replicas);
      return Optional.empty();
    }
    var server = placement.choose(scope, appId, live.serverId(), null, drafts.image(live));
    return Optional.of(
        database.write(
            scope,
            () -> {
              deployments.gate(appId);
              processes.scaled(scope, appId, process, replicas);
              var draft = drafts.ofScale(caller, live, server.id(), process, replicas);
              return queue.add(scope, appId, draft);
            }));
  }

  private DeploymentRow live(UUID appId) {
    return deployments.live(Place.production(appId)).orElseThrow(DeploymentsError.NOT_DEPLOYED::of);
  }
}
