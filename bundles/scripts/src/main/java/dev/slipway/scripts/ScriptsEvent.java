package dev.slipway.scripts;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;

/** What happens to scripts; runs are kept as executions and are no events. */
public sealed interface ScriptsEvent extends DomainEvent {
  @Override
  UUID tenantId();

  UUID scriptId();

  @Override
  default UUID subjectId() {
    return scriptId();
  }

  /** A new script. */
  record Created(UUID tenantId, UUID scriptId, String name, String hook) implements ScriptsEvent {
    @Override
    public String type() {
      return "scripts.script.created";
    }
  }

  /** It was edited; the version is the active one now. */
  record Updated(UUID tenantId, UUID scriptId, String name, int activeVersion, boolean enabled)
      implements ScriptsEvent {
    @Override
    public String type() {
      return "scripts.script.updated";
    }
  }

  /** It is gone. */
  record Deleted(UUID tenantId, UUID scriptId, String name) implements ScriptsEvent {
    @Override
    public String type() {
      return "scripts.script.deleted";
    }
  }
}
