package dev.slipway.apps.service.environment;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.apps.Environments;
import dev.slipway.apps.RunVariables;
import dev.slipway.apps.service.variable.VariableLayers;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What other features see of environments. */
@Component(service = Environments.class)
public final class PublishedEnvironments implements Environments {
  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final EnvironmentStore environments;
  private final VariableLayers layers;

  /** Made by the component runtime. */
  @Activate
  public PublishedEnvironments(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    environments = new EnvironmentStore(database);
    layers = new VariableLayers(database, secrets);
  }

  @Override
  public Optional<Environment> find(Scope scope, UUID environmentId) {
    return database.read(scope, () -> environments.find(environmentId));
  }

  @Override
  public Environment require(Scope scope, UUID environmentId) {
    return find(scope, environmentId).orElseThrow(AppsError.ENVIRONMENT_NOT_FOUND::of);
  }

  @Override
  public List<Environment> ofApp(Scope scope, UUID appId) {
    return database.read(scope, () -> environments.ofApp(appId));
  }

  @Override
  public RunVariables variables(Scope scope, UUID environmentId) {
    return database.read(
        scope,
        () -> {
          var environment = require(scope, environmentId);
          var app = apps.find(environment.appId()).orElseThrow(AppsError.APP_NOT_FOUND::of);
          return layers.run(app, environment);
        });
  }

  @Override
  public boolean statusChanged(
      Scope scope,
      UUID environmentId,
      EnvironmentStatus status,
      @Nullable UUID currentDeploymentId) {
    return database.write(
        scope,
        () ->
            environments
                .find(environmentId)
                .filter(found -> status != EnvironmentStatus.DEPLOYING || ask(found.appId()))
                .flatMap(found -> environments.lock(environmentId))
                .map(found -> stand(found, status, currentDeploymentId))
                .orElse(false));
  }

  /**
   * Something of the app may be on a server from now on, so that it is not deleted without a
   * teardown; false where that has begun. The app is locked first, as by whoever changes an
   * environment.
   */
  private boolean ask(UUID appId) {
    var app = apps.lock(appId).filter(found -> found.status() != AppStatus.DELETING);
    app.ifPresent(found -> apps.ask(appId, Times.now()));
    return app.isPresent();
  }

  private boolean stand(Environment found, EnvironmentStatus status, @Nullable UUID deploymentId) {
    var deployment = deploymentId == null ? found.currentDeploymentId() : deploymentId;
    if (deployment == null && needsDeployment(status)) {
      throw new IllegalArgumentException(
          "environment " + found.id() + " can not be " + status + ": nothing was deployed to it");
    }
    if (status != found.status() || !Objects.equals(deployment, found.currentDeploymentId())) {
      environments.update(found.at(status, deployment, Times.now()));
      events.publish(
          new AppsEvent.EnvironmentStatusChanged(
              found.tenantId(), found.appId(), found.id(), found.status(), status, deployment));
    }
    return true;
  }

  private static boolean needsDeployment(EnvironmentStatus status) {
    return switch (status) {
      case RUNNING, DEGRADED, STOPPED -> true;
      case IDLE, DEPLOYING, FAILED -> false;
    };
  }

  @Override
  public boolean placed(Scope scope, UUID environmentId, UUID serverId) {
    return database.write(
        scope,
        () -> environments.lock(environmentId).map(found -> place(found, serverId)).orElse(false));
  }

  private boolean place(Environment found, UUID serverId) {
    if (!serverId.equals(found.serverId())) {
      var placed = environments.update(found.on(serverId, Times.now()));
      events.publish(EnvironmentService.updated(placed));
    }
    return true;
  }
}
