package dev.slipway.deployments.service.settings;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.settings.SettingsRow;
import dev.slipway.deployments.store.settings.SettingsStore;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployment defaults of apps. */
@Component(service = SettingsService.class)
public final class SettingsService {
  private final Database database;
  private final DeploymentStore deployments;
  private final SettingsStore settings;
  private final Apps apps;
  private final Places places;
  private final Events events;

  @Activate
  public SettingsService(
      @Reference Database database, @Reference Places places, @Reference Events events) {
    this.database = database;
    deployments = new DeploymentStore(database);
    settings = new SettingsStore(database);
    apps = places.apps();
    this.places = places;
    this.events = events;
  }

  /** What applies to an app; the default branch is never null. */
  public SettingsRow get(Caller caller, UUID appId) {
    var scope = Scope.of(caller);
    var app = apps.require(scope, appId);
    return database.read(scope, () -> shown(settings.of(app), app));
  }

  /** Keeps others from changing it until the unit of work ends; to be called before any lock. */
  public void hold(Caller caller, UUID appId) {
    database.run(Scope.of(caller), () -> deployments.gate(appId));
  }

  /** Changes what applies to an app. */
  public SettingsRow update(Caller caller, UUID appId, SettingsPatch change) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          deployments.gate(appId);
          var app = apps.require(scope, appId);
          check(scope, appId, change);
          var before = settings.of(app);
          var after = over(before, change);
          settings.put(after);
          events.publish(
              new DeploymentsEvent.SettingsChanged(after.tenantId(), appId, after.autoDeploy()));
          return shown(after, app);
        });
  }

  private void check(Scope scope, UUID appId, SettingsPatch change) {
    var branch = change.defaultBranch().value();
    var fault = branch == null ? null : apps.branchFault(branch);
    if (fault != null) {
      throw CommonError.INVALID.of().withField("default_branch", fault);
    }
    var environment = change.defaultEnvironmentId().value();
    if (environment != null) {
      places.named(scope, appId, environment, "default_environment_id");
    }
  }

  private static SettingsRow over(SettingsRow row, SettingsPatch change) {
    return new SettingsRow(
        row.id(),
        row.tenantId(),
        row.appId(),
        change.defaultBranch().or(row.defaultBranch()),
        change.defaultEnvironmentId().or(row.defaultEnvironmentId()),
        change.autoDeploy().orKeep("auto_deploy", row.autoDeploy()),
        change.autoDeployBranches().orKeep("auto_deploy_branches", row.autoDeployBranches()),
        change.includePaths().orKeep("include_paths", row.includePaths()),
        change.ignorePaths().orKeep("ignore_paths", row.ignorePaths()),
        change.requireCiSuccess().orKeep("require_ci_success", row.requireCiSuccess()),
        change.previewEnabled().orKeep("preview_enabled", row.previewEnabled()),
        change.concurrency().orKeep("concurrency", row.concurrency()),
        change.buildTimeoutSeconds().orKeep("build_timeout_seconds", row.buildTimeoutSeconds()),
        change.keepDeployments().orKeep("keep_deployments", row.keepDeployments()),
        Times.now());
  }

  private static SettingsRow shown(SettingsRow row, App app) {
    return row.withBranch(Objects.requireNonNullElse(row.defaultBranch(), app.branch()));
  }
}
