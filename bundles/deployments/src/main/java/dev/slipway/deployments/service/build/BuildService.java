package dev.slipway.deployments.service.build;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.deployment.Promotions;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.build.BuildRow;
import dev.slipway.deployments.store.build.BuildStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Builds and the releases that they made. */
@Component(service = BuildService.class)
public final class BuildService {
  private final Database database;
  private final BuildStore builds;
  private final DeploymentStore rows;
  private final Places places;
  private final DeploymentService deployments;
  private final Promotions promotions;

  @Activate
  public BuildService(
      @Reference Database database,
      @Reference Places places,
      @Reference DeploymentService deployments,
      @Reference Promotions promotions) {
    this.database = database;
    builds = new BuildStore(database);
    rows = new DeploymentStore(database);
    this.places = places;
    this.deployments = deployments;
    this.promotions = promotions;
  }

  /** Builds that are older than a time, newest first; null = all. */
  public List<BuildRow> list(
      Caller caller, @Nullable UUID appId, @Nullable Instant before, int limit) {
    return database.read(Scope.of(caller), () -> builds.list(appId, before, limit));
  }

  /** One build. */
  public BuildRow get(Caller caller, UUID id) {
    return database
        .read(Scope.of(caller), () -> builds.find(id))
        .orElseThrow(DeploymentsError.BUILD_NOT_FOUND::of);
  }

  /** The build behind a release. */
  public BuildRow release(Caller caller, String name) {
    return database
        .read(Scope.of(caller), () -> builds.byRelease(name))
        .orElseThrow(DeploymentsError.RELEASE_NOT_FOUND::of);
  }

  /**
   * Runs the image of a release once more; nothing is built. Where it was never live itself, it is
   * promoted from where it was.
   *
   * @param environment its name or slug; null = the app's production
   */
  public Deployment rollBack(
      Caller caller, String name, @Nullable String environment, @Nullable String reason) {
    var scope = Scope.of(caller);
    var build = release(caller, name);
    var place =
        environment == null
            ? Place.production(build.appId())
            : places.named(scope, build.appId(), environment);
    var there = database.read(scope, () -> rows.ofBuild(place, build.id()));
    if (there.isPresent()) {
      return deployments.rollBack(caller, build.appId(), null, there.get().id(), reason);
    }
    var elsewhere =
        database
            .read(scope, () -> rows.ofBuild(build.id()))
            .orElseThrow(DeploymentsError.NOTHING_TO_ROLL_BACK_TO::of);
    var asItIs = new DeploymentRequest(null, null, null, null, Map.of(), false, null, null);
    return promotions.promote(caller, place, elsewhere.id(), asItIs, "environment");
  }
}
