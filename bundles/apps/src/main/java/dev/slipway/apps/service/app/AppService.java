package dev.slipway.apps.service.app;

import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.SlugRule;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.ProcessStore;
import dev.slipway.apps.store.ProjectStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.fleet.Servers;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Apps for their users. */
@Component(service = AppService.class)
public final class AppService {
  private final Database database;
  private final Events events;
  private final Servers servers;
  private final AppStore apps;
  private final ProjectStore projects;
  private final ProcessStore processes;

  /** Made by the component runtime. */
  @Activate
  public AppService(
      @Reference Database database, @Reference Events events, @Reference Servers servers) {
    this.database = database;
    this.events = events;
    this.servers = servers;
    apps = new AppStore(database);
    projects = new ProjectStore(database);
    processes = new ProcessStore(database);
  }

  /**
   * Adds an app.
   *
   * @param slug null to have it derived from the name
   * @param serverId where it shall run; null leaves it to the first deployment
   */
  public App create(Caller caller, AppDraft draft, @Nullable String slug, @Nullable UUID serverId) {
    draft.checkedBy(new Faults().add("slug", slug == null ? null : SlugRule.fault(slug))).raise();
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          checkProject(draft.projectId());
          checkServer(scope, serverId);
          var tenantId = caller.tenantId();
          var chosen = SlugRule.choose(apps.slugs(), tenantId, slug, draft.name(), "app");
          var app = draft.newApp(tenantId, chosen, serverId, Times.now());
          translated(() -> apps.insert(app));
          events.publish(
              new AppsEvent.AppCreated(
                  tenantId,
                  app.id(),
                  app.name(),
                  app.slug(),
                  app.projectId(),
                  app.serverId(),
                  app.sourceType()));
          return app;
        });
  }

  /**
   * The apps that fit all conditions, in order of id; null leaves a condition out.
   *
   * @param search part of the name or slug
   */
  public Page<App> list(
      Caller caller,
      @Nullable UUID projectId,
      @Nullable UUID serverId,
      @Nullable AppStatus status,
      @Nullable String search,
      PageRequest page) {
    var filter = new AppStore.Filter(projectId, serverId, status, search);
    return database.read(Scope.of(caller), () -> apps.list(filter, page));
  }

  /** The apps of a project, which must exist. */
  public Page<App> listInProject(
      Caller caller, UUID projectId, @Nullable AppStatus status, PageRequest page) {
    return database.read(
        Scope.of(caller),
        () -> {
          projects.find(projectId).orElseThrow(AppsError.PROJECT_NOT_FOUND::of);
          return apps.list(AppStore.Filter.ofProject(projectId, status), page);
        });
  }

  /** One app. */
  public App get(Caller caller, UUID id) {
    return database.read(
        Scope.of(caller), () -> apps.find(id).orElseThrow(AppsError.APP_NOT_FOUND::of));
  }

  /**
   * Edits the settings of an app; what is running keeps the old ones until it is deployed again.
   */
  public App update(Caller caller, UUID id, IfMatch ifMatch, UnaryOperator<AppDraft> change) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          var app = apps.lock(id).orElseThrow(AppsError.APP_NOT_FOUND::of);
          ifMatch.check("app", app.version());
          if (app.status() == AppStatus.DELETING) {
            throw AppsError.APP_DELETING.of();
          }
          var before = AppDraft.of(app);
          var draft = change.apply(before);
          draft.checkedBy(new Faults()).raise();
          checkProcesses(draft, app);
          return draft.equals(before) ? app : store(draft, app);
        });
  }

  private void checkProcesses(AppDraft draft, App app) {
    if (draft.sourceType() == SourceType.COMPOSE
        && app.sourceType() != SourceType.COMPOSE
        && !processes.ofApp(app.id()).isEmpty()) {
      throw AppsError.PROCESSES_OF_COMPOSE.at("source_type");
    }
  }

  private App store(AppDraft draft, App app) {
    if (draft.projectId() != null && !draft.projectId().equals(app.projectId())) {
      checkProject(draft.projectId());
    }
    var updated = translated(() -> apps.update(draft.onto(app, Times.now())));
    events.publish(
        new AppsEvent.AppUpdated(
            updated.tenantId(),
            updated.id(),
            updated.name(),
            updated.slug(),
            updated.projectId(),
            updated.serverId()));
    return updated;
  }

  private static App translated(Supplier<App> write) {
    try {
      return write.get();
    } catch (ConstraintViolation violation) {
      throw switch (violation.constraint()) {
        case "apps_app_slug" -> AppsError.APP_SLUG_TAKEN.at("slug");
        // Deleted since it was looked at.
        case "apps_app_project" -> AppsError.PROJECT_NOT_FOUND.at("project_id");
        default -> violation;
      };
    }
  }

  private void checkProject(@Nullable UUID projectId) {
    if (projectId != null && projects.find(projectId).isEmpty()) {
      throw AppsError.PROJECT_NOT_FOUND.at("project_id");
    }
  }

  private void checkServer(Scope scope, @Nullable UUID serverId) {
    if (serverId != null && servers.find(scope, serverId).isEmpty()) {
      throw AppsError.SERVER_NOT_FOUND.at("server_id");
    }
  }
}
