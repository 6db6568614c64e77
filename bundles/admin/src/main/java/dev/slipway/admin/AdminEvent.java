package dev.slipway.admin;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens in the admin area; all of it platform-wide. No value of a variable is in it. */
public sealed interface AdminEvent extends DomainEvent {
  @Override
  default @Nullable UUID tenantId() {
    return null;
  }

  /** A variable was added or edited. */
  record ConfigSet(UUID configId, String name) implements AdminEvent {
    @Override
    public String type() {
      return "admin.config.set";
    }

    @Override
    public UUID subjectId() {
      return configId;
    }
  }

  /** A variable was removed. */
  record ConfigRemoved(UUID configId, String name) implements AdminEvent {
    @Override
    public String type() {
      return "admin.config.removed";
    }

    @Override
    public UUID subjectId() {
      return configId;
    }
  }
}
