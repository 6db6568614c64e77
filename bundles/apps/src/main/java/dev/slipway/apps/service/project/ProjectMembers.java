package dev.slipway.apps.service.project;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.Environment;
import dev.slipway.apps.service.app.AppService;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.apps.store.ProjectStore;
import dev.slipway.data.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is in a project, and what it offers. No feature keeps services in projects yet. */
@Component(service = ProjectMembers.class)
public final class ProjectMembers {
  private final Database database;
  private final AppService service;
  private final ProjectStore projects;
  private final AppStore apps;
  private final EnvironmentStore environments;

  /** Made by the component runtime. */
  @Activate
  public ProjectMembers(@Reference Database database, @Reference AppService service) {
    this.database = database;
    this.service = service;
    projects = new ProjectStore(database);
    apps = new AppStore(database);
    environments = new EnvironmentStore(database);
  }

  /** Puts an app into a project, out of the one in which it was. */
  public App link(Caller caller, UUID projectId, UUID appId) {
    return database.write(
        Scope.of(caller),
        () -> {
          require(projectId);
          return service.update(
              caller, appId, new IfMatch(null), draft -> draft.inProject(projectId));
        });
  }

  /** How a service is refused that is to be put into a project: there are none. */
  public PlatformException unknownService(Caller caller, UUID projectId) {
    check(caller, projectId);
    return AppsError.SERVICE_NOT_FOUND.at("service_id");
  }

  /** Refuses with 404 where there is no such project. */
  public void check(Caller caller, UUID projectId) {
    database.read(Scope.of(caller), () -> require(projectId));
  }

  private UUID require(UUID projectId) {
    return projects.find(projectId).orElseThrow(AppsError.PROJECT_NOT_FOUND::of).id();
  }

  /**
   * Something under which a member is reached.
   *
   * @param key such as {@code WEB_HOST}
   */
  public record Output(
      String key, String value, String kind, App app, @Nullable UUID environmentId) {}

  /** The names and ports under which the apps of a project are reached, app by app. */
  public List<Output> outputs(Caller caller, UUID projectId) {
    return database.read(
        Scope.of(caller),
        () -> {
          require(projectId);
          var byApp =
              environments.ofProject(projectId).stream()
                  .collect(Collectors.groupingBy(Environment::appId));
          var outputs = new ArrayList<Output>();
          for (var app : ofProject(projectId)) {
            outputs.addAll(outputs(app, byApp.getOrDefault(app.id(), List.of())));
          }
          return outputs;
        });
  }

  private List<App> ofProject(UUID projectId) {
    var filter = AppStore.Filter.ofProject(projectId, null);
    var found = new ArrayList<App>();
    List<App> page;
    do {
      page = apps.list(filter, new PageRequest(PageRequest.MAX_LIMIT, found.size())).items();
      found.addAll(page);
    } while (page.size() == PageRequest.MAX_LIMIT);
    return found;
  }

  private static List<Output> outputs(App app, List<Environment> environments) {
    var name = app.slug().replace('-', '_').toUpperCase(Locale.ROOT);
    var outputs = new ArrayList<Output>();
    outputs.add(new Output(name + "_PORT", Integer.toString(app.port()), "port", app, null));
    if (app.primaryDomain() != null) {
      outputs.add(new Output(name + "_HOST", app.primaryDomain(), "host", app, null));
    }
    for (var environment : environments) {
      if (environment.hostname() != null) {
        var key = name + "_" + environment.slug().replace('-', '_').toUpperCase(Locale.ROOT);
        outputs.add(
            new Output(key + "_HOST", environment.hostname(), "host", app, environment.id()));
      }
    }
    return outputs;
  }
}
