package dev.slipway.deployments.service;

import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.apps.Environments;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.store.Place;
import dev.slipway.fleet.Server;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The places where versions of an app run, and where each stands. The app itself is its production;
 * an environment stands for itself, in the words that apps have for it.
 */
@Component(service = Places.class)
public final class Places {
  private static final String PRODUCTION = "production";

  private final Apps apps;
  private final Environments environments;

  @Activate
  public Places(@Reference Apps apps, @Reference Environments environments) {
    this.apps = apps;
    this.environments = environments;
  }

  public Apps apps() {
    return apps;
  }

  public Environments environments() {
    return environments;
  }

  /** The environment of a place; null for production, and where it was removed. */
  public @Nullable Environment environment(Scope scope, Place place) {
    var id = place.environmentId();
    return id == null ? null : environments.find(scope, id).orElse(null);
  }

  /**
   * An environment of an app that a client names.
   *
   * @param field where the client does
   */
  public Environment named(Scope scope, UUID appId, UUID environmentId, String field) {
    return environments
        .find(scope, environmentId)
        .filter(found -> found.appId().equals(appId))
        .orElseThrow(() -> DeploymentsError.ENVIRONMENT_NOT_FOUND.at(field));
  }

  /** The place of an app that a client calls by its name or slug. */
  public Place named(Scope scope, UUID appId, String name) {
    var found =
        environments.ofApp(scope, appId).stream()
            .filter(each -> each.name().equalsIgnoreCase(name) || each.slug().equals(name))
            .map(each -> new Place(appId, each.id()))
            .findFirst();
    return found.orElseGet(
        () -> {
          if (!name.equalsIgnoreCase(PRODUCTION)) {
            throw DeploymentsError.ENVIRONMENT_NOT_FOUND.at("environment");
          }
          return Place.production(appId);
        });
  }

  /** Where something runs or shall run; null where the first deployment chooses. */
  public @Nullable UUID serverOf(App app, @Nullable Environment environment) {
    return environment == null || environment.serverId() == null
        ? app.serverId()
        : environment.serverId();
  }

  /** Whether it is there; an environment may have been removed. */
  public boolean exists(Scope scope, Place place) {
    return place.isProduction() || environment(scope, place) != null;
  }

  /** Whether versions can still be brought there. */
  public boolean isOpen(Scope scope, Place place) {
    var app = apps.find(scope, place.appId());
    return app.filter(found -> found.status() != AppStatus.DELETING).isPresent()
        && exists(scope, place);
  }

  /** Where it stands; empty where it is gone. */
  public Optional<AppStatus> status(Scope scope, Place place) {
    return place.isProduction()
        ? apps.find(scope, place.appId()).map(App::status)
        : Optional.ofNullable(environment(scope, place)).map(found -> of(found.status()));
  }

  /** Whether a deployment is under way there. */
  public static boolean isWorkedOn(AppStatus status) {
    return status == AppStatus.BUILDING || status == AppStatus.DEPLOYING;
  }

  /** Where a place stands while a deployment is under way, which builds first or does not. */
  public static AppStatus workedOn(boolean builds) {
    return builds ? AppStatus.BUILDING : AppStatus.DEPLOYING;
  }

  /**
   * Tells where it stands from now on.
   *
   * @param current what is live; null keeps what is there
   * @param domain the host name that it answers at; null keeps what is there
   * @return false, and nothing is changed, where it is going or gone
   */
  public boolean changed(
      Scope scope, Place place, AppStatus status, @Nullable UUID current, @Nullable String domain) {
    var environment = place.environmentId();
    return environment == null
        ? apps.statusChanged(scope, place.appId(), status, current, domain)
        : environments.statusChanged(scope, environment, of(status), current);
  }

  /** Notes on which server it is from now on. */
  public void placed(Scope scope, Place place, UUID serverId) {
    var environment = place.environmentId();
    if (environment == null) {
      apps.placed(scope, place.appId(), serverId);
    } else {
      environments.placed(scope, environment, serverId);
    }
  }

  /**
   * What its host names begin with, and what edges know it by. An environment that was removed is
   * refused: it must never be taken for production.
   */
  public String label(Scope scope, Place place) {
    return Names.label(apps.require(scope, place.appId()).slug(), required(scope, place));
  }

  private @Nullable Environment required(Scope scope, Place place) {
    var id = place.environmentId();
    return id == null ? null : environments.require(scope, id);
  }

  /**
   * The host names that lead to it, the platform's own first; none where the server's edge is not
   * known to the platform and chooses the name itself.
   */
  public List<String> hosts(Scope scope, Place place, Server server) {
    var own = Names.host(label(scope, place), server);
    return own == null
        ? List.of()
        : Stream.concat(Stream.of(own), domains(scope, place).stream()).toList();
  }

  /** The host names that its users have given it. */
  public List<String> domains(Scope scope, Place place) {
    return Stream.ofNullable(required(scope, place))
        .map(Environment::hostname)
        .filter(Objects::nonNull)
        .toList();
  }

  private static AppStatus of(EnvironmentStatus status) {
    return switch (status) {
      case IDLE -> AppStatus.CREATED;
      case DEPLOYING -> AppStatus.DEPLOYING;
      case RUNNING -> AppStatus.RUNNING;
      case DEGRADED -> AppStatus.DEGRADED;
      case FAILED -> AppStatus.FAILED;
      case STOPPED -> AppStatus.STOPPED;
    };
  }

  private static EnvironmentStatus of(AppStatus status) {
    return switch (status) {
      case CREATED -> EnvironmentStatus.IDLE;
      case BUILDING, DEPLOYING -> EnvironmentStatus.DEPLOYING;
      case RUNNING -> EnvironmentStatus.RUNNING;
      case DEGRADED -> EnvironmentStatus.DEGRADED;
      case STOPPED -> EnvironmentStatus.STOPPED;
      case FAILED -> EnvironmentStatus.FAILED;
      case DELETING -> throw new IllegalArgumentException("an environment goes at once");
    };
  }
}
