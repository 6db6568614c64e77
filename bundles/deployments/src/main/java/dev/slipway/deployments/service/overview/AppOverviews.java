package dev.slipway.deployments.service.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.AppDirectory;
import dev.slipway.apps.AppDirectory.VariableName;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.Environment;
import dev.slipway.apps.Environments;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.service.overview.RunningInstances.Shown;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.overview.OverviewStore;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the console shows of apps: each thing it needs is asked for once. */
@Component(service = AppOverviews.class)
public final class AppOverviews {
  private static final int RECENT = 10;

  private final Database database;
  private final OverviewStore deployments;
  private final RunStore runs;
  private final Apps apps;
  private final AppDirectory directory;
  private final Environments environments;
  private final RunningInstances instances;

  @Activate
  public AppOverviews(
      @Reference Database database,
      @Reference Apps apps,
      @Reference AppDirectory directory,
      @Reference Environments environments,
      @Reference RunningInstances instances) {
    this.database = database;
    deployments = new OverviewStore(database);
    runs = new RunStore(database);
    this.apps = apps;
    this.directory = directory;
    this.environments = environments;
    this.instances = instances;
  }

  /** An app of a list, with its newest deployment. */
  public record Entry(App app, @Nullable DeploymentRow newest) {}

  /**
   * An app.
   *
   * @param shown the deployment that is worked on, else the newest; null where there is none
   * @param steps of the shown deployment
   * @param action what is done to the app besides
   * @param recent newest first, of the app itself and of its environments
   * @param environments in order of their making
   * @param instances what runs in production, those that answer requests first
   */
  public record Overview(
      App app,
      @Nullable DeploymentRow shown,
      List<StepRow> steps,
      @Nullable ActionRow action,
      List<DeploymentRow> recent,
      List<VariableName> variables,
      List<Environment> environments,
      List<Shown> instances) {

    /** Where a deployment goes; the app itself is its production. */
    public String place(DeploymentRow row) {
      return environments.stream()
          .filter(environment -> environment.id().equals(row.environmentId()))
          .map(Environment::name)
          .findFirst()
          .orElse("production");
    }

    /** Whether something of it runs that can be stopped, or is stopped and can be started. */
    public boolean deployed() {
      return app.currentDeploymentId() != null;
    }

    /** Those whose version can be brought back, newest first. */
    public List<DeploymentRow> earlier() {
      return recent.stream()
          .filter(row -> row.liveAt() != null && row.status() != DeploymentStatus.LIVE)
          .toList();
    }
  }

  /** The apps that fit, in order of id; null leaves a condition out. */
  public Page<Entry> list(
      Caller caller, @Nullable AppStatus status, @Nullable String search, PageRequest page) {
    var scope = Scope.of(caller);
    var found = directory.list(scope, status, search, page);
    var ids = found.items().stream().map(App::id).toList();
    var newest = database.read(scope, () -> deployments.newest(ids));
    return found.map(app -> new Entry(app, newest.get(app.id())));
  }

  /** One app. */
  public Overview of(Caller caller, UUID appId) {
    var scope = Scope.of(caller);
    var app = apps.require(scope, appId);
    var variables = directory.variables(scope, appId);
    var places = environments.ofApp(scope, appId);
    var running =
        instances.ofApp(caller, appId).stream()
            .filter(each -> each.row().environmentId() == null)
            .toList();
    return database.read(
        scope,
        () -> {
          var recent = deployments.recent(appId, RECENT);
          var shown = shown(recent);
          return new Overview(
              app,
              shown,
              shown == null ? List.of() : runs.steps(shown.id()),
              runs.running(Place.production(appId)).orElse(null),
              recent,
              variables,
              places,
              running);
        });
  }

  private static @Nullable DeploymentRow shown(List<DeploymentRow> recent) {
    return recent.stream()
        .filter(row -> row.status().isActive())
        .findFirst()
        .orElse(recent.isEmpty() ? null : recent.getFirst());
  }
}
