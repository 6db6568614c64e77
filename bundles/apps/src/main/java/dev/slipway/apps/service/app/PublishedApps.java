package dev.slipway.apps.service.app;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.ResourceLimits;
import dev.slipway.apps.RunVariables;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.apps.service.variable.VariableLayers;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.BuildCacheStore;
import dev.slipway.apps.store.ResourceLimitsStore;
import dev.slipway.data.Database;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What other features see of apps. */
@Component(service = Apps.class)
public final class PublishedApps implements Apps {
  private final Database database;
  private final Events events;
  private final AppDeletion deletion;
  private final AppStore apps;
  private final VariableLayers layers;
  private final ResourceLimitsStore limits;
  private final BuildCacheStore caches;

  /** Made by the component runtime. */
  @Activate
  public PublishedApps(
      @Reference Database database,
      @Reference Events events,
      @Reference Secrets secrets,
      @Reference AppDeletion deletion) {
    this.database = database;
    this.events = events;
    this.deletion = deletion;
    apps = new AppStore(database);
    layers = new VariableLayers(database, secrets);
    limits = new ResourceLimitsStore(database);
    caches = new BuildCacheStore(database);
  }

  @Override
  public Optional<App> find(Scope scope, UUID appId) {
    return database.read(scope, () -> apps.find(appId));
  }

  @Override
  public App require(Scope scope, UUID appId) {
    return find(scope, appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
  }

  @Override
  public Page<App> onServer(Scope scope, UUID serverId, PageRequest page) {
    return database.read(scope, () -> apps.list(AppStore.Filter.ofServer(serverId), page));
  }

  @Override
  public RunVariables environment(Scope scope, UUID appId, Stage stage) {
    return database.read(
        scope,
        () -> {
          var app = apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
          return layers.run(app, stage);
        });
  }

  @Override
  public Optional<ResourceLimits> limits(Scope scope, UUID appId, UUID deploymentId) {
    return database.write(
        scope,
        () -> {
          var found = limits.lock(appId);
          found
              .filter(some -> !deploymentId.equals(some.handedTo()))
              .ifPresent(some -> limits.update(some.handed(deploymentId)));
          return found;
        });
  }

  @Override
  public boolean buildsAnew(Scope scope, UUID appId, UUID deploymentId) {
    return database.write(scope, () -> caches.take(appId, deploymentId));
  }

  @Override
  public boolean statusChanged(
      Scope scope,
      UUID appId,
      AppStatus status,
      @Nullable UUID currentDeploymentId,
      @Nullable String primaryDomain) {
    return database.write(
        scope,
        () -> {
          var app = apps.lock(appId).orElse(null);
          if (app == null || app.status() == AppStatus.DELETING) {
            return false;
          }
          var deployment =
              currentDeploymentId == null ? app.currentDeploymentId() : currentDeploymentId;
          var domain = primaryDomain == null ? app.primaryDomain() : primaryDomain;
          if (!app.status().mayBecome(status, deployment != null)) {
            throw new IllegalArgumentException(
                "app " + appId + " can not go from " + app.status() + " to " + status);
          }
          var same =
              status == app.status()
                  && Objects.equals(deployment, app.currentDeploymentId())
                  && Objects.equals(domain, app.primaryDomain());
          if (!same) {
            apps.setStatus(appId, status, deployment, domain, Times.now());
            events.publish(
                new AppsEvent.AppStatusChanged(
                    app.tenantId(), appId, app.status(), status, deployment, domain));
          }
          return true;
        });
  }

  @Override
  public boolean placed(Scope scope, UUID appId, UUID serverId) {
    return database.write(
        scope,
        () -> {
          var app = apps.lock(appId).orElse(null);
          if (app == null || app.status() == AppStatus.DELETING) {
            return false;
          }
          if (!serverId.equals(app.serverId())) {
            apps.place(appId, serverId, Times.now());
            events.publish(
                new AppsEvent.AppUpdated(
                    app.tenantId(), appId, app.name(), app.slug(), app.projectId(), serverId));
          }
          return true;
        });
  }

  @Override
  public boolean scaled(Scope scope, UUID appId, int replicas) {
    return database.write(
        scope,
        () -> {
          var app = apps.lock(appId).orElse(null);
          if (app == null || app.status() == AppStatus.DELETING) {
            return false;
          }
          if (replicas != app.replicas()) {
            apps.scale(appId, replicas, Times.now());
            events.publish(
                new AppsEvent.AppUpdated(
                    app.tenantId(),
                    appId,
                    app.name(),
                    app.slug(),
                    app.projectId(),
                    app.serverId()));
          }
          return true;
        });
  }

  @Override
  public boolean deleted(Scope scope, UUID appId) {
    return deletion.finished(scope, appId);
  }

  @Override
  public @Nullable String branchFault(String branch) {
    return BranchRule.fault(branch);
  }

  @Override
  public @Nullable String imageFault(String image) {
    return ImageRule.fault(image);
  }

  @Override
  public @Nullable String variableFault(String key, String value) {
    return EnvVarDraft.fault(key, value);
  }
}
