package dev.slipway.fleet;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;

/** What happens to pools of servers and to the rules of where apps run. */
public sealed interface PlacementEvent extends DomainEvent {
  @Override
  UUID tenantId();

  /** A pool was defined. */
  record PoolCreated(UUID subjectId, UUID tenantId, String name) implements PlacementEvent {
    @Override
    public String type() {
      return "fleet.pool.created";
    }
  }

  /** A pool was removed; its servers stay. */
  record PoolDeleted(UUID subjectId, UUID tenantId, String name) implements PlacementEvent {
    @Override
    public String type() {
      return "fleet.pool.deleted";
    }
  }

  /** An app got a rule; the subject is the app. */
  record RuleAdded(UUID subjectId, UUID tenantId, UUID ruleId) implements PlacementEvent {
    @Override
    public String type() {
      return "fleet.placement-rule.added";
    }
  }

  /** An app lost a rule; the subject is the app. */
  record RuleRemoved(UUID subjectId, UUID tenantId, UUID ruleId) implements PlacementEvent {
    @Override
    public String type() {
      return "fleet.placement-rule.removed";
    }
  }
}
