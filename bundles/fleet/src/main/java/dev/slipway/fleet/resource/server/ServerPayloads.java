package dev.slipway.fleet.resource.server;

import dev.slipway.api.Page;
import dev.slipway.api.Patch;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.server.ServerRights;
import dev.slipway.fleet.service.server.ServerService;
import dev.slipway.fleet.store.server.ServerRow;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Servers as clients see and edit them. */
public final class ServerPayloads {
  private ServerPayloads() {}

  public record View(
      UUID id,
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
      @Nullable String statusReason,
      boolean isCordoned,
      boolean isDraining,
      @Nullable String agentVersion,
      @Nullable Boolean dockerReachable,
      @Nullable String osInfo,
      @Nullable String arch,
      @Nullable Integer cpuCores,
      @Nullable Long memoryTotalMb,
      @Nullable Long diskTotalMb,
      @Nullable Integer monthlyCostCents,
      ServerRight myRole,
      @Nullable Instant lastHeartbeatAt,
      Instant createdAt,
      Instant updatedAt) {

    /** As somebody with this right sees it. */
    public static View of(ServerRow row, ServerRight right) {
      return new View(
          row.id(),
          row.tenantId(),
          row.name(),
          row.description(),
          row.hostname(),
          row.publicIpv4(),
          row.publicIpv6(),
          row.provider(),
          row.region(),
          row.labels(),
          row.poolId(),
          row.status(),
          row.statusReason(),
          row.isCordoned(),
          row.isDraining(),
          row.agentVersion(),
          row.dockerReachable(),
          row.osInfo(),
          row.arch(),
          row.cpuCores(),
          row.memoryTotalMb(),
          row.diskTotalMb(),
          row.monthlyCostCents(),
          right,
          row.lastHeartbeatAt(),
          row.createdAt(),
          row.updatedAt());
    }
  }

  public record ServerAnswer(View server) {}

  public record ServersAnswer(List<View> servers, long total) {
    public static ServersAnswer of(ServerRights.Mine mine, Page<ServerRow> page) {
      return new ServersAnswer(
          page.items().stream().map(row -> View.of(row, mine.on(row.id()))).toList(), page.total());
    }
  }

  public record Edit(
      Patch<@Size(max = 80) @Pattern(regexp = ".*\\S.*") String> name,
      Patch<@Size(max = 2000) String> description,
      Patch<@Size(max = 80) String> provider,
      Patch<@Size(max = 80) String> region,
      Patch<@Min(0) Integer> monthlyCostCents) {
    public ServerService.Edit toEdit() {
      return new ServerService.Edit(name, description, provider, region, monthlyCostCents);
    }
  }

  public record OperationAnswer(UUID operationId) {}
}
