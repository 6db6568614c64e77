package dev.slipway.events;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** No table holds anything of a deleted tenant any more that has no reason to. */
record TenantErased(UUID erasedTenantId) implements DomainEvent {
  @Override
  public String type() {
    return "events.tenant.erased";
  }

  @Override
  public @Nullable UUID tenantId() {
    return null;
  }

  @Override
  public UUID subjectId() {
    return erasedTenantId;
  }
}
