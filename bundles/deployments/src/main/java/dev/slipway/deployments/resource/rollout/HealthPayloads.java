package dev.slipway.deployments.resource.rollout;

import dev.slipway.deployments.health.Contrast;
import dev.slipway.deployments.health.Contrast.Delta;
import dev.slipway.deployments.health.Contrast.Requests;
import dev.slipway.deployments.service.rollout.TrafficComparisons.Comparison;
import dev.slipway.deployments.service.rollout.TrafficComparisons.Route;
import dev.slipway.deployments.service.rollout.TrafficComparisons.Side;
import dev.slipway.deployments.store.rollout.ScoreRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Scores and comparisons as clients see them. */
public final class HealthPayloads {
  /** An edge counts requests by path alone. */
  private static final String ANY_METHOD = "*";

  private HealthPayloads() {}

  /** A score as it is. */
  public record ScoreView(
      UUID deploymentId,
      int score,
      String verdict,
      List<Map<String, @Nullable Object>> components,
      int sampleWindowSeconds,
      Instant computedAt) {}

  /** A score as it is. */
  public record ScoreAnswer(ScoreView healthScore) {
    static ScoreAnswer of(ScoreRow row) {
      return new ScoreAnswer(
          new ScoreView(
              row.id(),
              row.score(),
              row.verdict(),
              row.components(),
              row.sampleWindowSeconds(),
              row.computedAt()));
    }
  }

  /** Requests of a route. */
  public record RequestsView(
      long requests, double errorRate, double p50Ms, double p95Ms, double p99Ms) {
    static RequestsView of(Requests all) {
      return new RequestsView(
          all.requests(), all.errorRate(), all.p50Ms(), all.p95Ms(), all.p99Ms());
    }
  }

  /** A route of either deployment. */
  public record RouteView(
      String method, String route, RequestsView base, RequestsView candidate, Delta delta) {
    static RouteView of(Route route) {
      return new RouteView(
          ANY_METHOD,
          route.path(),
          RequestsView.of(route.base()),
          RequestsView.of(route.candidate()),
          route.delta());
    }
  }

  /** What to do. */
  public record Suggestion(
      Contrast.Action action,
      String reason,
      double confidence,
      @Nullable UUID rollbackToDeploymentId) {}

  /** Two deployments side by side. */
  public record ComparisonView(
      UUID appId, Side base, Side candidate, List<RouteView> routes, Suggestion suggestion) {}

  /** Two deployments side by side. */
  public record ComparisonAnswer(ComparisonView comparison) {
    static ComparisonAnswer of(Comparison found) {
      var advice = found.advice();
      return new ComparisonAnswer(
          new ComparisonView(
              found.appId(),
              found.base(),
              found.candidate(),
              found.routes().stream().map(RouteView::of).toList(),
              new Suggestion(
                  advice.action(), advice.reason(), advice.confidence(), found.rollbackTo())));
    }
  }
}
