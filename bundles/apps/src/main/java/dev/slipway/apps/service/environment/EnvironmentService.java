package dev.slipway.apps.service.environment;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.SlugRule;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.fleet.Servers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Environments for their users. Every change locks the app first. */
@Component(service = EnvironmentService.class)
public final class EnvironmentService {
  // A list shows all of them.
  static final int MAX_ENVIRONMENTS = 100;

  private final Database database;
  private final Events events;
  private final Servers servers;
  private final AppStore apps;
  private final EnvironmentStore environments;

  /** Made by the component runtime. */
  @Activate
  public EnvironmentService(
      @Reference Database database, @Reference Events events, @Reference Servers servers) {
    this.database = database;
    this.events = events;
    this.servers = servers;
    apps = new AppStore(database);
    environments = new EnvironmentStore(database);
  }

  /**
   * Adds an environment to an app.
   *
   * @param slug null to have it derived from the name
   */
  public Environment create(
      Caller caller, UUID appId, EnvironmentDraft draft, @Nullable String slug) {
    draft.checkedBy(new Faults().add("slug", slug == null ? null : SlugRule.fault(slug))).raise();
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          var app = apps.editable(appId);
          var siblings = siblings(appId);
          if (siblings.size() >= MAX_ENVIRONMENTS) {
            throw AppsError.TOO_MANY_ENVIRONMENTS.of(MAX_ENVIRONMENTS);
          }
          checkServer(scope, draft.serverId());
          checkSource(siblings, draft.promotesFromId(), null);
          var chosen =
              SlugRule.choose(environments.slugs(), appId, slug, draft.name(), "environment");
          var environment =
              translated(() -> environments.insert(draft.fresh(app, chosen, Times.now())));
          events.publish(
              new AppsEvent.EnvironmentCreated(
                  app.tenantId(),
                  appId,
                  environment.id(),
                  environment.name(),
                  chosen,
                  environment.stage(),
                  environment.serverId()));
          return environment;
        });
  }

  /** The environments of an app in order of their making. */
  public List<Environment> list(Caller caller, UUID appId) {
    return database.read(
        Scope.of(caller),
        () -> {
          apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
          return environments.ofApp(appId);
        });
  }

  /** Edits an environment; what is running keeps the old settings until it is deployed again. */
  public Environment update(
      Caller caller, UUID appId, UUID id, IfMatch ifMatch, UnaryOperator<EnvironmentDraft> change) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          apps.editable(appId);
          var environment = locked(appId, id);
          ifMatch.check("environment", environment.version());
          var before = EnvironmentDraft.of(environment);
          var draft = change.apply(before);
          draft.checkedBy(new Faults()).raise();
          if (draft.equals(before)) {
            return environment;
          }
          if (before.isProtected() && !draft.isProtected()) {
            caller.require(Role.ADMIN);
          }
          if (!Objects.equals(draft.serverId(), before.serverId())) {
            checkServer(scope, draft.serverId());
          }
          checkSource(siblings(appId), draft.promotesFromId(), id);
          return store(draft.onto(environment, Times.now()));
        });
  }

  /** Sets the public host name of an environment; the same one again changes nothing. */
  public Environment setHostname(
      Caller caller, UUID appId, UUID id, IfMatch ifMatch, String hostname) {
    var name = HostnameRule.canonical(hostname);
    new Faults().add("hostname", HostnameRule.fault(name)).raise();
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          var app = apps.editable(appId);
          var environment = locked(appId, id);
          ifMatch.check("environment", environment.version());
          if (name.equals(environment.hostname())) {
            return environment;
          }
          checkFree(scope, app, environment, name);
          return store(environment.named(name, Ids.next(), Times.now()));
        });
  }

  /**
   * Removes an environment and its variables; what runs in it is taken down by whoever runs it.
   *
   * @param volumes what becomes of what its volumes hold
   */
  public void delete(Caller caller, UUID appId, UUID id, IfMatch ifMatch, VolumeFate volumes) {
    database.run(
        Scope.of(caller),
        () -> {
          apps.editable(appId);
          var environment = locked(appId, id);
          ifMatch.check("environment", environment.version());
          if (environment.isProtected()) {
            throw AppsError.ENVIRONMENT_PROTECTED.of();
          }
          if (environment.status() == EnvironmentStatus.DEPLOYING) {
            throw AppsError.ENVIRONMENT_BUSY.of();
          }
          environments.delete(id, Times.now());
          CurrentOperation.detail("volumes", volumes.text());
          events.publish(deleted(environment, volumes, caller.userId()));
        });
  }

  static AppsEvent deleted(Environment environment, VolumeFate volumes, @Nullable UUID by) {
    return new AppsEvent.EnvironmentDeleted(
        environment.tenantId(),
        environment.appId(),
        environment.id(),
        environment.name(),
        environment.slug(),
        environment.serverId(),
        environment.hostname(),
        environment.currentDeploymentId(),
        volumes,
        by);
  }

  private Environment locked(UUID appId, UUID id) {
    return environments
        .lock(id)
        .filter(found -> found.appId().equals(appId))
        .orElseThrow(AppsError.ENVIRONMENT_NOT_FOUND::of);
  }

  private Map<UUID, Environment> siblings(UUID appId) {
    return environments.ofApp(appId).stream()
        .collect(Collectors.toMap(Environment::id, Function.identity()));
  }

  private void checkServer(Scope scope, @Nullable UUID serverId) {
    if (serverId != null && servers.find(scope, serverId).isEmpty()) {
      throw AppsError.SERVER_NOT_FOUND.at("server_id");
    }
  }

  /** Versions come from another environment of the app, and never around in a circle. */
  private static void checkSource(
      Map<UUID, Environment> siblings, @Nullable UUID sourceId, @Nullable UUID own) {
    if (sourceId == null) {
      return;
    }
    if (!siblings.containsKey(sourceId)) {
      throw AppsError.ENVIRONMENT_NOT_FOUND.at("promotes_from_id");
    }
    for (var next = sourceId; next != null; next = siblings.get(next).promotesFromId()) {
      if (next.equals(own)) {
        throw CommonError.INVALID
            .of()
            .withField("promotes_from_id", "must not lead back to the environment itself");
      }
    }
  }

  /** Names below a server's own are given by the platform, to any app there. */
  private void checkFree(Scope scope, App app, Environment environment, String hostname) {
    var serverId = environment.serverId() == null ? app.serverId() : environment.serverId();
    if (serverId == null) {
      return;
    }
    var suffix = servers.find(scope, serverId).map(server -> server.publicHost()).orElse(null);
    if (HostnameRule.isWithin(hostname, suffix)) {
      throw AppsError.HOSTNAME_IN_USE.at("hostname");
    }
  }

  private Environment store(Environment environment) {
    var stored = translated(() -> environments.update(environment));
    events.publish(updated(stored));
    return stored;
  }

  static AppsEvent updated(Environment environment) {
    return new AppsEvent.EnvironmentUpdated(
        environment.tenantId(),
        environment.appId(),
        environment.id(),
        environment.name(),
        environment.stage(),
        environment.hostname(),
        environment.serverId());
  }

  private static Environment translated(Supplier<Environment> write) {
    try {
      return write.get();
    } catch (ConstraintViolation violation) {
      throw switch (violation.constraint()) {
        case "apps_environment_name" -> AppsError.ENVIRONMENT_NAME_TAKEN.at("name");
        case "apps_environment_slug" -> AppsError.ENVIRONMENT_SLUG_TAKEN.at("slug");
        case "apps_environment_hostname" -> AppsError.HOSTNAME_IN_USE.at("hostname");
        default -> violation;
      };
    }
  }
}
