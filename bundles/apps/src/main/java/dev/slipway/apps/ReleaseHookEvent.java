package dev.slipway.apps;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;

/** What happens to the release hooks of apps; their commands are in none of it. */
public sealed interface ReleaseHookEvent extends DomainEvent {
  @Override
  UUID tenantId();

  UUID appId();

  @Override
  default UUID subjectId() {
    return appId();
  }

  /** The next deployment runs other commands than the last before it starts the new version. */
  record HookSet(UUID tenantId, UUID appId) implements ReleaseHookEvent {
    @Override
    public String type() {
      return "apps.release_hook.set";
    }
  }

  /** The next deployment runs nothing. */
  record HookDeleted(UUID tenantId, UUID appId) implements ReleaseHookEvent {
    @Override
    public String type() {
      return "apps.release_hook.deleted";
    }
  }
}
