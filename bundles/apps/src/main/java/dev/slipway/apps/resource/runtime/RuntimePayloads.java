package dev.slipway.apps.resource.runtime;

import dev.slipway.apps.service.runtime.ResourceLimitsDraft;
import dev.slipway.apps.service.runtime.RuntimeService.Limited;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How apps are built and run, as clients see it. */
public final class RuntimePayloads {
  private RuntimePayloads() {}

  /** All limits; null leaves one to the agent, and processes unlimited. */
  public record Limit(
      @DecimalMax("1024") @Nullable Double cpuCores,
      @Min(16) @Max(4194304) @Nullable Integer memoryMb,
      @Min(16) @Max(4194304) @Nullable Integer memoryReservationMb,
      @Min(1) @Nullable Integer pidsLimit) {

    public ResourceLimitsDraft toDraft() {
      return new ResourceLimitsDraft(cpuCores, memoryMb, memoryReservationMb, pidsLimit);
    }
  }

  /**
   * What each instance of an app may use.
   *
   * @param applied whether what is live got these limits
   */
  public record LimitsView(
      UUID appId,
      @Nullable Double cpuCores,
      @Nullable Integer memoryMb,
      @Nullable Integer memoryReservationMb,
      @Nullable Integer pidsLimit,
      boolean applied,
      Instant updatedAt) {

    static LimitsView of(Limited limited) {
      var limits = limited.limits();
      return new LimitsView(
          limits.id(),
          limits.cpuCores(),
          limits.memoryMb(),
          limits.memoryReservationMb(),
          limits.pidsLimit(),
          limited.applied(),
          limits.updatedAt());
    }
  }

  public record LimitsAnswer(LimitsView resourceLimits) {
    static LimitsAnswer of(Limited limited) {
      return new LimitsAnswer(LimitsView.of(limited));
    }
  }

  /**
   * The layers are dropped by the next build; agents know no command for it.
   *
   * @param queued whether a command was sent
   */
  public record CacheAnswer(boolean queued, @Nullable UUID commandId, UUID appId) {}
}
