package dev.slipway.deployments.resource.settings;

import dev.slipway.api.Patch;
import dev.slipway.deployments.service.settings.ReadinessService.Check;
import dev.slipway.deployments.service.settings.SettingsPatch;
import dev.slipway.deployments.store.settings.Concurrency;
import dev.slipway.deployments.store.settings.SettingsRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deployment settings and readiness as clients see them. */
public final class SettingsPayloads {
  /** Without control characters, and relative. */
  private static final String GLOB = "(?!/)[^\\p{Cc}\\p{Cs}]*+";

  private static final String NO_GLOB = "must be relative patterns without control characters";

  private SettingsPayloads() {}

  /** Changes; what is left out stays. */
  public record Change(
      Patch<@Size(min = 1, max = 200) String> defaultBranch,
      Patch<UUID> defaultEnvironmentId,
      Patch<Boolean> autoDeploy,
      @Size(max = 50)
          @Nullable
              List<@NotBlank @Size(max = 200) @Pattern(regexp = GLOB, message = NO_GLOB) String>
              autoDeployBranches,
      @Size(max = 100)
          @Nullable
              List<@NotBlank @Size(max = 300) @Pattern(regexp = GLOB, message = NO_GLOB) String>
              includePaths,
      @Size(max = 100)
          @Nullable
              List<@NotBlank @Size(max = 300) @Pattern(regexp = GLOB, message = NO_GLOB) String>
              ignorePaths,
      Patch<Boolean> requireCiSuccess,
      Patch<Boolean> previewEnabled,
      Patch<Concurrency> concurrency,
      Patch<@Min(60) @Max(86_400) Integer> buildTimeoutSeconds,
      Patch<@Min(1) @Max(1000) Integer> keepDeployments) {

    SettingsPatch toPatch() {
      return new SettingsPatch(
          defaultBranch,
          defaultEnvironmentId,
          autoDeploy,
          patch(autoDeployBranches),
          patch(includePaths),
          patch(ignorePaths),
          requireCiSuccess,
          previewEnabled,
          concurrency,
          buildTimeoutSeconds,
          keepDeployments);
    }

    private static Patch<List<String>> patch(@Nullable List<String> sent) {
      return sent == null ? Patch.absent() : Patch.of(sent);
    }
  }

  /** What applies. */
  public record View(
      UUID appId,
      @Nullable String defaultBranch,
      @Nullable UUID defaultEnvironmentId,
      boolean autoDeploy,
      List<String> autoDeployBranches,
      List<String> includePaths,
      List<String> ignorePaths,
      boolean requireCiSuccess,
      boolean previewEnabled,
      Concurrency concurrency,
      int buildTimeoutSeconds,
      int keepDeployments,
      Instant updatedAt) {}

  /** What applies. */
  public record SettingsAnswer(View settings) {
    static SettingsAnswer of(SettingsRow row) {
      return new SettingsAnswer(
          new View(
              row.appId(),
              row.defaultBranch(),
              row.defaultEnvironmentId(),
              row.autoDeploy(),
              row.autoDeployBranches(),
              row.includePaths(),
              row.ignorePaths(),
              row.requireCiSuccess(),
              row.previewEnabled(),
              row.concurrency(),
              row.buildTimeoutSeconds(),
              row.keepDeployments(),
              row.updatedAt()));
    }
  }

  /** Whether a deployment could go well, and why not. */
  public record ReadinessAnswer(boolean ready, List<Check> checks) {
    static ReadinessAnswer of(List<Check> checks) {
      return new ReadinessAnswer(checks.stream().noneMatch(Check::fails), checks);
    }
  }
}
