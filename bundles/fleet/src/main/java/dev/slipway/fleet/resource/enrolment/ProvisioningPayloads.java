package dev.slipway.fleet.resource.enrolment;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.fleet.resource.server.ServerPayloads.View;
import dev.slipway.fleet.service.enrolment.Provisioning;
import dev.slipway.fleet.store.server.AgentReport;
import dev.slipway.fleet.store.server.Measures;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How servers come under control, as clients and agents see it. */
public final class ProvisioningPayloads {
  private static final long MEBIBYTE = 1L << 20;
  private static final String APP_PREFIX = "deploy-app-";
  private static final String RUNNING = "running";

  private ProvisioningPayloads() {}

  public record NewServer(
      @NotBlank @Size(max = 80) String name,
      @Size(max = 255) @Nullable String hostname,
      @Pattern(regexp = "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}")
          @Nullable String publicIpv4,
      @Size(max = 80) @Nullable String provider,
      @Size(max = 80) @Nullable String region,
      @Size(max = 2000) @Nullable String description,
      @Nullable Map<String, @Nullable String> labels) {
    Provisioning.Draft toDraft() {
      return new Provisioning.Draft(
          name,
          hostname,
          publicIpv4,
          provider,
          region,
          description,
          Objects.requireNonNullElse(labels, Map.of()));
    }
  }

  public record NewServerAnswer(View server, String installCommand) {}

  public record ReinstallAnswer(UUID operationId, @Nullable String installCommand) {}

  public record ReconnectAnswer(UUID operationId, View server) {}

  public record Relink(@NotNull UUID targetServerId) {}

  public record RelinkAnswer(int appsRelinked, int servicesRelinked) {}

  public record RenewalOnline(
      boolean queued, boolean online, UUID commandId, String installUrl, Instant expiresAt) {}

  public record RenewalOffline(boolean online, String pasteCommand, String installUrl) {}

  public record RefreshToken(@NotBlank @Size(max = 200) String refreshToken) {}

  public record TokensAnswer(String accessToken, String refreshToken, long expiresIn) {}

  public record Recover(
      @NotBlank @Size(max = 128) @Pattern(regexp = "[A-Za-z0-9._:-]+") String machineId,
      @NotBlank @Size(max = 200) String bootstrapKey) {}

  public record TradeToken(@NotBlank @Size(max = 8192) String token) {}

  public record TradedAnswer(String token, String installUrl, Instant expiresAt) {}

  public record Container(
      @NotBlank @Size(max = 255) String name,
      @Size(max = 500) @Nullable String image,
      @Size(max = 40) @Nullable String state,
      @Nullable Double cpuPercent,
      @Min(0) @Nullable Long memoryBytes) {
    Map<String, Object> members() {
      var members = new LinkedHashMap<String, Object>();
      members.put("name", clean(name));
      put(members, "image", clean(image));
      put(members, "status", clean(state));
      put(members, "cpu_percent", finite(cpuPercent));
      put(members, "memory_used_mb", mebibytes(memoryBytes));
      return members;
    }
  }

  public record Process(
      @NotNull @Min(0) Integer pid,
      @NotBlank @Size(max = 255) String name,
      @Size(max = 255) @Nullable String user,
      @Nullable Double cpuPercent,
      @Nullable Long memoryMb,
      @Valid @Size(max = 50) @Nullable List<Process> children) {
    Map<String, Object> members() {
      var members = new LinkedHashMap<String, Object>();
      members.put("pid", pid);
      members.put("name", clean(name));
      members.put("user", Objects.requireNonNullElse(clean(user), ""));
      members.put("cpu_percent", Objects.requireNonNullElse(finite(cpuPercent), 0.0));
      members.put("memory_mb", Objects.requireNonNullElse(memoryMb, 0L));
      members.put(
          "children",
          children == null ? List.of() : children.stream().map(Process::members).toList());
      return members;
    }
  }

  public record Heartbeat(
      @NotBlank @Size(max = 128) String agentVersion,
      @NotNull Instant sentAt,
      @Min(0) @Nullable Long uptimeSeconds,
      @Nullable Boolean dockerReachable,
      @Nullable Double cpuPercent,
      @JsonProperty("load_1m") @Nullable Double load1m,
      @Min(0) @Nullable Long memoryUsedBytes,
      @Min(0) @Nullable Long memoryTotalBytes,
      @Min(0) @Nullable Long diskUsedBytes,
      @Min(0) @Nullable Long diskTotalBytes,
      @Valid @Size(max = 1000) @Nullable List<Container> containers,
      @Valid @Size(max = 50) @Nullable List<Process> topProcesses) {

    /** As it is taken in; what was not said stays as it is known. */
    AgentReport report(UUID serverId) {
      var seen = containers == null ? List.<Container>of() : containers;
      var apps =
          seen.stream()
              .filter(each -> each.name().startsWith(APP_PREFIX) && RUNNING.equals(each.state()))
              .count();
      return new AgentReport(
          serverId,
          Instant.now(),
          clean(agentVersion),
          Boolean.TRUE.equals(dockerReachable),
          null,
          null,
          null,
          mebibytes(memoryTotalBytes),
          mebibytes(diskTotalBytes),
          null,
          null,
          system(),
          seen.stream().map(Container::members).toList(),
          Math.toIntExact(apps),
          null,
          false,
          null,
          topProcesses == null
              ? List.of()
              : new ArrayList<>(topProcesses.stream().map(Process::members).toList()),
          Measures.NONE);
    }

    private Map<String, Object> system() {
      var system = new LinkedHashMap<String, Object>();
      put(system, "uptime_seconds", uptimeSeconds);
      put(system, "cpu_percent", finite(cpuPercent));
      put(system, "load_avg_1", finite(load1m));
      put(system, "memory_used_mb", mebibytes(memoryUsedBytes));
      put(system, "memory_total_mb", mebibytes(memoryTotalBytes));
      put(system, "disk_used_mb", mebibytes(diskUsedBytes));
      put(system, "disk_total_mb", mebibytes(diskTotalBytes));
      return system;
    }
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  private static @Nullable String clean(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\ufffd');
  }

  private static @Nullable Double finite(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }

  private static @Nullable Long mebibytes(@Nullable Long bytes) {
    return bytes == null ? null : bytes / MEBIBYTE;
  }
}
