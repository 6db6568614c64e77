package dev.slipway.fleet.resource.enrolment;

import dev.slipway.fleet.service.agent.AgentTokens;
import dev.slipway.fleet.service.enrolment.Enrolment;
import dev.slipway.fleet.store.server.ServerRow;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Installation of agents as clients and machines see it. */
public final class InstallPayloads {
  private static final long MEBIBYTE = 1L << 20;

  private InstallPayloads() {}

  public record IssueToken(
      @Size(min = 1, max = 80) @Nullable String name,
      @Nullable Map<String, @Nullable String> labels) {}

  public record TokenAnswer(
      String token, String installUrl, String installCommand, Instant expiresAt) {}

  public record Register(
      @NotBlank @Size(max = 128) @Pattern(regexp = "[A-Za-z0-9._:-]+") String machineId,
      @NotBlank @Size(max = 255) String hostname,
      @Size(max = 200) @Nullable String os,
      @Size(max = 40) @Nullable String arch,
      @Size(max = 64) @Nullable String publicIp,
      @Size(max = 64) @Nullable String privateIp,
      @Size(max = 128) @Nullable String agentVersion,
      @Size(max = 128) @Nullable String dockerVersion,
      @Min(0) @Nullable Integer cpuCores,
      @Min(0) @Nullable Long memoryBytes,
      @Min(0) @Nullable Long diskBytes) {
    public ServerRow.Machine toMachine() {
      return new ServerRow.Machine(
          machineId,
          hostname,
          text(publicIp),
          text(os),
          text(arch),
          text(agentVersion),
          cpuCores == null || cpuCores == 0 ? null : cpuCores,
          mebibytes(memoryBytes),
          mebibytes(diskBytes));
    }

    private static @Nullable String text(@Nullable String text) {
      return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable Long mebibytes(@Nullable Long bytes) {
      return bytes == null || bytes == 0 ? null : bytes / MEBIBYTE;
    }
  }

  public record AgentCredentials(
      UUID serverId,
      String agentSecret,
      String accessToken,
      String refreshToken,
      long expiresIn,
      String bootstrapKey,
      String grpcEndpoint,
      @Nullable String caCertificate) {
    public static AgentCredentials of(Enrolment.Identity identity, AgentTokens tokens) {
      return new AgentCredentials(
          identity.serverId(),
          identity.secret(),
          tokens.access(identity.serverId()),
          identity.refreshToken(),
          AgentTokens.LIFETIME.toSeconds(),
          identity.bootstrapKey(),
          tokens.grpcEndpoint(),
          tokens.caCertificate());
    }
  }
}
