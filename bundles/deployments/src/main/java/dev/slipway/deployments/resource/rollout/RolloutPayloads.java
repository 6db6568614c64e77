package dev.slipway.deployments.resource.rollout;

import dev.slipway.deployments.service.rollout.RolloutDraft;
import dev.slipway.deployments.store.rollout.RolloutRow;
import dev.slipway.deployments.store.rollout.RolloutRow.Strategy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rollout policies as clients see them. */
public final class RolloutPayloads {
  private static final int SCORE = 80;
  private static final int BAKE = 300;

  private RolloutPayloads() {}

  /** A share of the requests, and how long it stays at that. */
  public record Step(
      @NotNull @Min(1) @Max(100) Integer weightPercent,
      @NotNull @Min(0) @Max(604_800) Integer pauseSeconds) {}

  /** A policy to set; what is left out gets its default. */
  public record Policy(
      @NotNull Strategy strategy,
      @Size(max = 20) @Nullable List<@Valid @NotNull Step> steps,
      @Min(0) @Max(100) @Nullable Integer minHealthScore,
      @Min(0) @Max(604_800) @Nullable Integer bakeSeconds,
      @Nullable Boolean autoRollback,
      @DecimalMin("0") @DecimalMax("100") @Nullable Double maxErrorRatePercent,
      @Min(1) @Nullable Integer maxLatencyP95Ms) {

    RolloutDraft toDraft() {
      return new RolloutDraft(
          strategy,
          steps == null
              ? List.of()
              : steps.stream()
                  .map(
                      step ->
                          Map.of(
                              "weight_percent", step.weightPercent(),
                              "pause_seconds", step.pauseSeconds()))
                  .toList(),
          Objects.requireNonNullElse(minHealthScore, SCORE),
          Objects.requireNonNullElse(bakeSeconds, BAKE),
          !Boolean.FALSE.equals(autoRollback),
          maxErrorRatePercent,
          maxLatencyP95Ms);
    }
  }

  /** A policy as it is. */
  public record View(
      UUID id,
      UUID appId,
      Strategy strategy,
      List<Map<String, Integer>> steps,
      int minHealthScore,
      int bakeSeconds,
      boolean autoRollback,
      @Nullable Double maxErrorRatePercent,
      @Nullable Integer maxLatencyP95Ms,
      Instant createdAt,
      Instant updatedAt) {}

  /** A policy as it is. */
  public record RolloutAnswer(View rolloutPolicy) {
    static RolloutAnswer of(RolloutRow row) {
      return new RolloutAnswer(
          new View(
              row.id(),
              row.appId(),
              row.strategy(),
              row.steps(),
              row.minHealthScore(),
              row.bakeSeconds(),
              row.autoRollback(),
              row.maxErrorRatePercent(),
              row.maxLatencyP95Ms(),
              row.createdAt(),
              row.updatedAt()));
    }
  }
}
