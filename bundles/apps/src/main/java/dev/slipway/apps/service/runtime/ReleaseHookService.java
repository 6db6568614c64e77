package dev.slipway.apps.service.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.ReleaseHook;
import dev.slipway.apps.ReleaseHookEvent;
import dev.slipway.apps.ReleaseHooks;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.ReleaseHookStore;
import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Release hooks of apps; changes hold from the next deployment on. Every change locks the app
 * first.
 */
@Component(service = {ReleaseHookService.class, ReleaseHooks.class})
public final class ReleaseHookService implements ReleaseHooks {
  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final ReleaseHookStore hooks;

  /** Made by the component runtime. */
  @Activate
  public ReleaseHookService(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    hooks = new ReleaseHookStore(database);
  }

  /** The hook of an app; empty where it has none. */
  public Optional<ReleaseHook> find(Caller caller, UUID appId) {
    return database.read(
        Scope.of(caller),
        () -> {
          apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
          return hooks.find(appId);
        });
  }

  /** The hook of an app, which must have one. */
  public ReleaseHook get(Caller caller, UUID appId) {
    return find(caller, appId).orElseThrow(AppsError.RELEASE_HOOK_NOT_FOUND::of);
  }

  /** Gives an app a hook in the place of the one that it may have. */
  public ReleaseHook set(Caller caller, UUID appId, ReleaseHookDraft draft) {
    draft.check();
    return database.write(
        Scope.of(caller),
        () -> {
          var app = apps.editable(appId);
          if (app.sourceType() == SourceType.COMPOSE) {
            throw AppsError.RELEASE_HOOK_OF_COMPOSE.of();
          }
          var current = hooks.lock(appId).orElse(null);
          return current != null && draft.equals(ReleaseHookDraft.of(current))
              ? current
              : store(app, current, draft);
        });
  }

  private ReleaseHook store(App app, @Nullable ReleaseHook current, ReleaseHookDraft draft) {
    if (current == null) {
      hooks.insert(draft.of(app, 1, Times.now()));
    } else {
      hooks.update(draft.of(app, current.version(), Times.now()));
    }
    events.publish(new ReleaseHookEvent.HookSet(app.tenantId(), app.id()));
    return hooks.lock(app.id()).orElseThrow();
  }

  /** Takes its hook from an app. */
  public void delete(Caller caller, UUID appId) {
    database.run(
        Scope.of(caller),
        () -> {
          var app = apps.editable(appId);
          hooks.lock(appId).orElseThrow(AppsError.RELEASE_HOOK_NOT_FOUND::of);
          hooks.delete(appId);
          events.publish(new ReleaseHookEvent.HookDeleted(app.tenantId(), appId));
        });
  }

  @Override
  public Optional<ReleaseHook> ofApp(Scope scope, UUID appId) {
    return database.read(scope, () -> hooks.find(appId));
  }
}
