package dev.slipway.apps.store;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The apps of the current scope. */
public final class AppStore {
  private final AppMapper apps;

  public AppStore(Database database) {
    apps = database.mapper(AppMapper.class);
  }

  public Optional<App> find(UUID id) {
    return Optional.ofNullable(apps.find(id));
  }

  /** The id of the app that has a slug. */
  public Optional<UUID> idOf(UUID tenantId, String slug) {
    return Optional.ofNullable(apps.idOf(tenantId, slug));
  }

  /** The app, which nobody else can change until the unit of work ends. */
  public Optional<App> lock(UUID id) {
    return Optional.ofNullable(apps.lock(id));
  }

  /**
   * The same where it may be changed.
   *
   * @throws dev.slipway.api.PlatformException 404 where there is none, 409 while it is deleted
   */
  public App editable(UUID id) {
    var app = lock(id).orElseThrow(AppsError.APP_NOT_FOUND::of);
    if (app.status() == AppStatus.DELETING) {
      throw AppsError.APP_DELETING.of();
    }
    return app;
  }

  public Page<App> list(Filter filter, PageRequest page) {
    var search = Search.pattern(filter.search());
    var total = apps.count(filter.projectId(), filter.serverId(), filter.status(), search);
    var items =
        apps.list(
            filter.projectId(),
            filter.serverId(),
            filter.status(),
            search,
            page.limit(),
            page.offset());
    return new Page<>(items, total);
  }

  public App insert(App app) {
    apps.insert(app);
    return app;
  }

  /** Writes an app that was locked in this unit of work, and returns it with its new version. */
  public App update(App app) {
    if (apps.update(app) != 1) {
      throw new IllegalStateException("app " + app.id() + " was written without being locked");
    }
    return apps.find(app.id());
  }

  /**
   * Says where a locked app stands.
   *
   * @param currentDeploymentId null keeps what is there
   * @param primaryDomain null keeps what is there
   */
  public void setStatus(
      UUID id,
      AppStatus status,
      @Nullable UUID currentDeploymentId,
      @Nullable String primaryDomain,
      Instant at) {
    apps.setStatus(id, status, currentDeploymentId, primaryDomain, null, at);
  }

  /** Says that a locked app is being deleted by an operation. */
  public void setDeleting(UUID id, UUID operationId, Instant at) {
    apps.setStatus(id, AppStatus.DELETING, null, null, operationId, at);
  }

  /** Says that something of a locked app may be on a server from now on. */
  public void ask(UUID id, Instant at) {
    apps.ask(id, at);
  }

  /** Says on which server a locked app runs. */
  public void place(UUID id, UUID serverId, Instant at) {
    apps.place(id, serverId, at);
  }

  public void scale(UUID id, int replicas, Instant at) {
    apps.scale(id, replicas, at);
  }

  /** Those of these apps that exist. */
  public List<App> findAll(Collection<UUID> ids) {
    return apps.findAll(ids.toArray(UUID[]::new));
  }

  /** Says that all apps of a server that are not being deleted run on another one; returns them. */
  public List<App> move(UUID from, UUID to, Instant at) {
    return apps.move(from, to, at);
  }

  /** Removes an app and its variables. */
  public void delete(UUID id) {
    apps.delete(id);
  }

  /** Takes all apps out of a project and returns how many there were. */
  public int unlink(UUID projectId, Instant at) {
    return apps.unlink(projectId, at);
  }

  public Slugs slugs() {
    return apps;
  }

  /**
   * Which apps to list; null leaves a condition out.
   *
   * @param search part of the name or slug
   */
  public record Filter(
      @Nullable UUID projectId,
      @Nullable UUID serverId,
      @Nullable AppStatus status,
      @Nullable String search) {

    /** The apps of one project. */
    public static Filter ofProject(UUID projectId, @Nullable AppStatus status) {
      return new Filter(projectId, null, status, null);
    }

    /** The apps of one server. */
    public static Filter ofServer(UUID serverId) {
      return new Filter(null, serverId, null, null);
    }
  }
}
