package dev.slipway.fleet;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens to servers and commands. The subject is always the server, so one server's events
 * come in order.
 */
public sealed interface FleetEvent extends DomainEvent {
  UUID serverId();

  @Override
  UUID tenantId();

  @Override
  default UUID subjectId() {
    return serverId();
  }

  /** An agent got credentials: for a new server, or anew for a known machine. */
  record Registered(UUID serverId, UUID tenantId, String name, boolean again)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.registered";
    }
  }

  /** Heartbeats arrive and the command stream is open. */
  record Online(UUID serverId, UUID tenantId, String name) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.online";
    }
  }

  /** The command stream closed while heartbeats may still arrive. */
  record Degraded(UUID serverId, UUID tenantId, String name) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.degraded";
    }
  }

  /** Heartbeats stayed away. */
  record Offline(UUID serverId, UUID tenantId, String name) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.offline";
    }
  }

  /** Descriptive fields or labels were edited. */
  record Updated(UUID serverId, UUID tenantId, String name) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.updated";
    }
  }

  /** Removing began. */
  record Deprovisioning(UUID serverId, UUID tenantId, String name, UUID operationId)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.deprovisioning";
    }
  }

  /** The agent refused to go. */
  record CleanupFailed(UUID serverId, UUID tenantId, String name, String reason)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.cleanup-failed";
    }
  }

  /** Credentials are void and the server is gone from all lists. */
  record Deleted(UUID serverId, UUID tenantId, String name) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.deleted";
    }
  }

  /** A command came to its end; its result is read by {@link Commands#find}. */
  record CommandFinished(
      UUID serverId,
      UUID tenantId,
      UUID commandId,
      CommandType commandType,
      CommandStatus status,
      String owner,
      @Nullable UUID referenceId,
      @Nullable UUID appId,
      @Nullable String phase)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.command.finished";
    }
  }
}
