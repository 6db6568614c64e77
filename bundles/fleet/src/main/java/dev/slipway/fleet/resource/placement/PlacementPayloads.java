package dev.slipway.fleet.resource.placement;

import dev.slipway.fleet.service.placement.PlacementRules;
import dev.slipway.fleet.service.placement.Pools;
import dev.slipway.fleet.store.placement.RuleRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Labels, pools and placement rules, as clients see them. */
public final class PlacementPayloads {
  private static final String CURRENCY = "usd";

  private PlacementPayloads() {}

  public record Reason(@Size(max = 500) @Nullable String reason) {
    public static @Nullable String of(@Nullable Reason body) {
      return body == null || body.reason() == null || body.reason().isBlank()
          ? null
          : body.reason().strip();
    }
  }

  public record Labels(@NotNull Map<String, @Nullable String> labels) {}

  public record LabelsAnswer(Map<String, Object> labels) {}

  public record PoolChoice(@NotNull UUID poolId) {}

  public record NewPool(
      @NotBlank @Size(max = 80) String name,
      @Size(max = 2000) @Nullable String description,
      @Nullable Map<String, @Nullable String> labelSelectors,
      @Min(0) @Nullable Integer monthlyCostCents,
      @Pattern(regexp = "[a-z]{3}") @Nullable String currency) {
    Pools.Draft toDraft() {
      return new Pools.Draft(
          name,
          description,
          Objects.requireNonNullElse(labelSelectors, Map.of()),
          Objects.requireNonNullElse(monthlyCostCents, 0),
          Objects.requireNonNullElse(currency, CURRENCY));
    }
  }

  public record PoolView(
      UUID id,
      String name,
      @Nullable String description,
      Map<String, Object> labelSelectors,
      int serverCount,
      int monthlyCostCents,
      String currency,
      Instant createdAt,
      Instant updatedAt) {
    public static PoolView of(Pools.Counted counted) {
      var pool = counted.pool();
      return new PoolView(
          pool.id(),
          pool.name(),
          pool.description(),
          pool.labelSelectors(),
          counted.servers(),
          pool.monthlyCostCents(),
          pool.currency(),
          pool.createdAt(),
          pool.updatedAt());
    }
  }

  public record PoolAnswer(PoolView pool) {}

  public record PoolsAnswer(List<PoolView> pools) {}

  public record NewRule(
      RuleRow.@NotNull Kind kind,
      RuleRow.@NotNull Target target,
      @Size(max = 100) @Nullable String key,
      RuleRow.@Nullable Operator operator,
      @Size(max = 50) @Nullable List<@NotBlank @Size(max = 255) String> values,
      @Min(1) @Max(100) @Nullable Integer weight) {
    PlacementRules.Draft toDraft() {
      return new PlacementRules.Draft(
          kind,
          target,
          key,
          Objects.requireNonNullElse(operator, RuleRow.Operator.IN),
          Objects.requireNonNullElse(values, List.of()),
          weight);
    }
  }

  public record RuleView(
      UUID id,
      UUID appId,
      RuleRow.Kind kind,
      RuleRow.Target target,
      @Nullable String key,
      RuleRow.Operator operator,
      List<Object> values,
      @Nullable Integer weight,
      Instant createdAt) {
    public static RuleView of(RuleRow row) {
      return new RuleView(
          row.id(),
          row.appId(),
          row.kind(),
          row.target(),
          row.key(),
          row.operator(),
          row.values(),
          row.weight(),
          row.createdAt());
    }
  }

  public record RuleAnswer(RuleView placementRule) {}

  public record RulesAnswer(List<RuleView> placementRules) {
    public static RulesAnswer of(List<RuleRow> rows) {
      return new RulesAnswer(rows.stream().map(RuleView::of).toList());
    }
  }
}
