package dev.slipway.apps.store;

import dev.slipway.apps.ReleaseHook;
import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;

/** The release hooks of the apps of the current scope. */
public final class ReleaseHookStore {
  private final ReleaseHookMapper hooks;

  public ReleaseHookStore(Database database) {
    hooks = database.mapper(ReleaseHookMapper.class);
  }

  /** The hook of an app. */
  public Optional<ReleaseHook> find(UUID appId) {
    return Optional.ofNullable(hooks.find(appId));
  }

  /** The hook of an app, which nobody else can change until the unit of work ends. */
  public Optional<ReleaseHook> lock(UUID appId) {
    return Optional.ofNullable(hooks.lock(appId));
  }

  public void insert(ReleaseHook hook) {
    hooks.insert(hook);
  }

  /** Writes a hook that was locked in this unit of work. */
  public void update(ReleaseHook hook) {
    if (hooks.update(hook) != 1) {
      throw new IllegalStateException("the hook of " + hook.id() + " was written unlocked");
    }
  }

  public void delete(UUID appId) {
    hooks.delete(appId);
  }
}
