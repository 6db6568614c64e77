package dev.slipway.fleet.resource.agent;

import dev.slipway.fleet.service.agent.AgentProbe;
import dev.slipway.fleet.store.server.ServerRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Agents as clients see them. */
public final class AgentPayloads {
  private AgentPayloads() {}

  public record AgentStatus(
      UUID serverId,
      Stored db,
      AgentProbe.@Nullable Live live,
      @Nullable String liveProbeError,
      Instant checkedAt) {
    public static AgentStatus of(AgentProbe.Look look) {
      return new AgentStatus(
          look.server().id(),
          Stored.of(look.server()),
          look.live(),
          look.error(),
          look.checkedAt());
    }
  }

  public record Stored(
      Presence status, @Nullable Instant lastHeartbeatAt, @Nullable String agentVersion) {
    static Stored of(ServerRow row) {
      var presence =
          switch (row.status()) {
            case ONLINE, DEGRADED -> Presence.ONLINE;
            case OFFLINE, DELETED -> Presence.OFFLINE;
            case PENDING, INSTALLING, QUARANTINED, DEPROVISIONING, CLEANUP_FAILED ->
                Presence.UNKNOWN;
          };
      return new Stored(presence, row.lastHeartbeatAt(), row.agentVersion());
    }
  }

  /** What the heartbeats say. */
  public enum Presence {
    ONLINE,
    OFFLINE,
    UNKNOWN
  }
}
