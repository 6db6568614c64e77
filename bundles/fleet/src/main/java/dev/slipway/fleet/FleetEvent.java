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

  /** The command stream closed while heartbeats may still arrive, or they arrive again. */
  record Degraded(UUID serverId, UUID tenantId, String name, @Nullable String reason)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.degraded";
    }
  }

  /** Heartbeats stayed away. */
  record Offline(UUID serverId, UUID tenantId, String name, @Nullable String reason)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.offline";
    }
  }

  /** The agent says that it takes no work. */
  record Quarantined(UUID serverId, UUID tenantId, String name, @Nullable String reason)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.quarantined";
    }
  }

  /**
   * The agent reported something new of a container.
   *
   * @param kind start, stop, die, oom, restart or health
   */
  record ContainerChanged(
      UUID serverId,
      UUID tenantId,
      String containerName,
      @Nullable UUID appId,
      String kind,
      @Nullable Integer exitCode,
      @Nullable String message)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.container.changed";
    }
  }

  /**
   * Something of a server, or of a container on it, is not as it should be.
   *
   * @param about such as {@code disk} or {@code container deploy-app-shop-1}
   */
  record AlertFired(
      UUID serverId, UUID tenantId, UUID alertId, String about, String severity, String message)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.alert.fired";
    }
  }

  /** It is as it should be again. */
  record AlertResolved(
      UUID serverId, UUID tenantId, UUID alertId, String about, String severity, String message)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.alert.resolved";
    }
  }

  /**
   * Whether new deployments may land on it changed.
   *
   * @param reason as an operator gave it
   */
  record SchedulingChanged(
      UUID serverId,
      UUID tenantId,
      String name,
      boolean cordoned,
      boolean draining,
      @Nullable String reason)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.scheduling-changed";
    }
  }

  /** A user holds a right on it now. */
  record Granted(UUID serverId, UUID tenantId, UUID userId, ServerRight role)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.grant.given";
    }
  }

  /** A user's right on it was taken away. */
  record Withdrawn(UUID serverId, UUID tenantId, UUID userId) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.grant.withdrawn";
    }
  }

  /** A server was added whose agent is still to be installed. */
  record Created(UUID serverId, UUID tenantId, String name) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.created";
    }
  }

  /** All credentials of its agent are void. */
  record CredentialsRevoked(UUID serverId, UUID tenantId, int revoked) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.agent.credentials-revoked";
    }
  }

  /** A refresh token was used twice: somebody has a copy of it. */
  record RefreshReplayed(UUID serverId, UUID tenantId) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.agent.refresh-replayed";
    }
  }

  /** All that was placed on it is placed on another server now; what runs was not touched. */
  record Relinked(UUID serverId, UUID tenantId, UUID targetId, int apps) implements FleetEvent {
    @Override
    public String type() {
      return "fleet.server.relinked";
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

  /**
   * Somebody opened a terminal in a container.
   *
   * @param actor who
   */
  record TerminalOpened(
      UUID serverId, UUID tenantId, UUID appId, String containerName, String actor, String command)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.terminal.opened";
    }
  }

  /**
   * A terminal was closed.
   *
   * @param bytesTyped what the client sent
   * @param bytesShown what the client got
   * @param exitCode null where the command did not end by itself
   * @param reason why not
   */
  record TerminalClosed(
      UUID serverId,
      UUID tenantId,
      UUID appId,
      String containerName,
      String actor,
      long bytesTyped,
      long bytesShown,
      long seconds,
      @Nullable Integer exitCode,
      @Nullable String reason)
      implements FleetEvent {
    @Override
    public String type() {
      return "fleet.terminal.closed";
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
