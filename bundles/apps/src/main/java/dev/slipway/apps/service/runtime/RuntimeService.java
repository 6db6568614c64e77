package dev.slipway.apps.service.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.ResourceLimits;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.BuildCacheStore;
import dev.slipway.apps.store.ResourceLimitsStore;
import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How apps are built and run, beside their settings. Every change locks the app first. */
@Component(service = RuntimeService.class)
public final class RuntimeService {
  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final ResourceLimitsStore limits;
  private final BuildCacheStore caches;

  /** Made by the component runtime. */
  @Activate
  public RuntimeService(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    limits = new ResourceLimitsStore(database);
    caches = new BuildCacheStore(database);
  }

  /**
   * Limits, and whether what is live got them.
   *
   * @param applied not yet where nothing was deployed since they were set
   */
  public record Limited(ResourceLimits limits, boolean applied) {}

  /** The limits of an app; empty where nobody has set any. */
  public Optional<ResourceLimits> limits(Caller caller, UUID appId) {
    return database.read(Scope.of(caller), () -> limits.find(appId));
  }

  /** Sets all limits of an app; they hold from the next deployment on. */
  public Limited limit(Caller caller, UUID appId, ResourceLimitsDraft draft) {
    draft.check();
    return database.write(
        Scope.of(caller),
        () -> {
          var app = apps.editable(appId);
          var current = limits.lock(appId).orElse(null);
          if (current != null && draft.equals(ResourceLimitsDraft.of(current))) {
            var live = app.currentDeploymentId();
            return new Limited(current, live != null && live.equals(current.handedTo()));
          }
          return new Limited(store(app, current, draft), false);
        });
  }

  private ResourceLimits store(
      App app, @Nullable ResourceLimits current, ResourceLimitsDraft draft) {
    if (current == null) {
      limits.insert(draft.of(app, 1, Times.now()));
    } else {
      limits.update(draft.of(app, current.version(), Times.now()));
    }
    events.publish(
        new AppsEvent.ResourceLimitsSet(
            app.tenantId(),
            app.id(),
            draft.cpuCores(),
            draft.memoryMb(),
            draft.memoryReservationMb(),
            draft.pidsLimit()));
    return limits.lock(app.id()).orElseThrow();
  }

  /**
   * Has the next build of an app use no cached layers, which replaces them. Agents know no command
   * that drops the layers of one app alone.
   */
  public void dropBuildCache(Caller caller, UUID appId) {
    database.run(
        Scope.of(caller),
        () -> {
          var app = apps.editable(appId);
          caches.drop(appId, app.tenantId(), Times.now());
          events.publish(new AppsEvent.BuildCacheDropped(app.tenantId(), appId));
        });
  }
}
