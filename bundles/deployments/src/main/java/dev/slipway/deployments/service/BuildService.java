package dev.slipway.deployments.service;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.store.BuildRow;
import dev.slipway.deployments.store.BuildStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Builds and the releases that they made. */
@Component(service = BuildService.class)
public final class BuildService {
  private static final String ENVIRONMENT = "production";

  private final Database database;
  private final BuildStore builds;
  private final DeploymentService deployments;

  @Activate
  public BuildService(@Reference Database database, @Reference DeploymentService deployments) {
    this.database = database;
    builds = new BuildStore(database);
    this.deployments = deployments;
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

  /** Runs the image of a release once more; nothing is built. */
  public Deployment rollBack(
      Caller caller, String name, @Nullable String environment, @Nullable String reason) {
    if (environment != null && !environment.equalsIgnoreCase(ENVIRONMENT)) {
      throw DeploymentsError.ENVIRONMENT_NOT_FOUND.at("environment");
    }
    var build = release(caller, name);
    return deployments.rollBack(caller, build.appId(), build.deploymentId(), reason);
  }
}
