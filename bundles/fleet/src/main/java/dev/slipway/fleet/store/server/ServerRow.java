package dev.slipway.fleet.store.server;

import dev.slipway.api.Times;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server as people see and edit it; credentials and the agent's last report stand in columns of
 * their own.
 */
public record ServerRow(
    UUID id,
    int version,
    UUID tenantId,
    String name,
    @Nullable String description,
    @Nullable String hostname,
    @Nullable String publicIpv4,
    @Nullable String publicIpv6,
    @Nullable String provider,
    @Nullable String region,
    Map<String, Object> labels,
    @Nullable UUID poolId,
    ServerStatus status,
    boolean isCordoned,
    boolean isDraining,
    ServerRuntime runtime,
    @Nullable String edgeUrl,
    @Nullable String publicHost,
    @Nullable String machineId,
    @Nullable String agentVersion,
    @Nullable Boolean dockerReachable,
    @Nullable String osInfo,
    @Nullable String arch,
    @Nullable Integer cpuCores,
    @Nullable Long memoryTotalMb,
    @Nullable Long diskTotalMb,
    @Nullable Integer monthlyCostCents,
    @Nullable UUID operationId,
    @Nullable Instant lastHeartbeatAt,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String statusReason) {

  /** A new server that has not reported yet. */
  public static ServerRow fresh(
      UUID id, UUID tenantId, String name, Map<String, Object> labels, Machine machine) {
    var now = Instant.now();
    return new ServerRow(
        id,
        1,
        tenantId,
        name,
        null,
        machine.hostname(),
        machine.publicIpv4(),
        null,
        null,
        null,
        labels,
        null,
        ServerStatus.INSTALLING,
        false,
        false,
        ServerRuntime.UNKNOWN,
        null,
        null,
        machine.id(),
        machine.agentVersion(),
        null,
        machine.os(),
        machine.arch(),
        machine.cpuCores(),
        machine.memoryTotalMb(),
        machine.diskTotalMb(),
        null,
        null,
        null,
        now,
        now,
        null);
  }

  /** A new server whose agent is still to be installed. */
  public static ServerRow awaited(
      UUID id,
      UUID tenantId,
      Map<String, Object> labels,
      String name,
      @Nullable String hostname,
      @Nullable String publicIpv4,
      @Nullable String provider,
      @Nullable String region,
      @Nullable String description) {
    var now = Times.now();
    return new ServerRow(
        id,
        1,
        tenantId,
        name,
        description,
        hostname,
        publicIpv4,
        null,
        provider,
        region,
        labels,
        null,
        ServerStatus.PENDING,
        false,
        false,
        ServerRuntime.UNKNOWN,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        now,
        now,
        null);
  }

  /** The same server, described otherwise. */
  public ServerRow described(
      String newName,
      @Nullable String newDescription,
      @Nullable String newProvider,
      @Nullable String newRegion,
      @Nullable Integer newCost) {
    return new ServerRow(
        id,
        version,
        tenantId,
        newName,
        newDescription,
        hostname,
        publicIpv4,
        publicIpv6,
        newProvider,
        newRegion,
        labels,
        poolId,
        status,
        isCordoned,
        isDraining,
        runtime,
        edgeUrl,
        publicHost,
        machineId,
        agentVersion,
        dockerReachable,
        osInfo,
        arch,
        cpuCores,
        memoryTotalMb,
        diskTotalMb,
        newCost,
        operationId,
        lastHeartbeatAt,
        createdAt,
        updatedAt,
        statusReason);
  }

  /** As other features see it. */
  public Server toServer() {
    return new Server(
        id,
        tenantId,
        name,
        status,
        runtime,
        hostname,
        publicIpv4,
        edgeUrl,
        publicHost,
        status == ServerStatus.ONLINE && !isCordoned && !isDraining,
        lastHeartbeatAt);
  }

  /** What an installing machine says of itself. */
  public record Machine(
      @Nullable String id,
      @Nullable String hostname,
      @Nullable String publicIpv4,
      @Nullable String os,
      @Nullable String arch,
      @Nullable String agentVersion,
      @Nullable Integer cpuCores,
      @Nullable Long memoryTotalMb,
      @Nullable Long diskTotalMb) {
    /** The same under another id. */
    public Machine withId(@Nullable String other) {
      return new Machine(
          other,
          hostname,
          publicIpv4,
          os,
          arch,
          agentVersion,
          cpuCores,
          memoryTotalMb,
          diskTotalMb);
    }
  }
}
