package dev.slipway.apps.resource.environment;

import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentFigures.Counts;
import dev.slipway.apps.EnvironmentFigures.Promotion;
import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.environment.PromotionGraph.Graph;
import dev.slipway.apps.service.environment.PromotionGraph.Node;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The promotion graph as clients see it. */
public final class PromotionPayloads {
  private PromotionPayloads() {}

  /** How an environment fares. */
  public enum Health {
    HEALTHY,
    DEGRADED,
    UNHEALTHY,
    UNKNOWN;

    static Health of(EnvironmentStatus status) {
      return switch (status) {
        case RUNNING -> HEALTHY;
        case DEGRADED -> DEGRADED;
        case FAILED -> UNHEALTHY;
        case IDLE, DEPLOYING, STOPPED -> UNKNOWN;
      };
    }
  }

  /** What happened within a time; null for what nobody counts. */
  public record MetricsView(
      @Nullable Long requests,
      @Nullable Double errorRatePercent,
      @Nullable Double latencyP95Ms,
      @Nullable Integer deployments,
      @Nullable Integer failedDeployments) {

    static MetricsView of(Counts counts) {
      return new MetricsView(
          counts.requests(),
          counts.errorRatePercent(),
          counts.latencyP95Ms(),
          counts.deployments(),
          counts.failedDeployments());
    }
  }

  /**
   * An environment and how it fares.
   *
   * @param metrics what happened within the last hour, day and week, as {@code 1h}, {@code 24h} and
   *     {@code 7d}
   */
  public record NodeView(
      UUID id,
      UUID appId,
      String appName,
      String name,
      Stage stage,
      Health health,
      @Nullable UUID currentDeploymentId,
      @Nullable String hostname,
      Map<String, MetricsView> metrics) {

    static NodeView of(Node node, Graph graph) {
      var environment = node.environment();
      return new NodeView(
          environment.id(),
          environment.appId(),
          node.appName(),
          environment.name(),
          environment.stage(),
          Health.of(environment.status()),
          environment.currentDeploymentId(),
          environment.hostname(),
          metrics(graph.countsOf(environment.id())));
    }

    private static Map<String, MetricsView> metrics(Map<String, Counts> counts) {
      var views = new LinkedHashMap<String, MetricsView>();
      counts.forEach((time, some) -> views.put(time, MetricsView.of(some)));
      return views;
    }
  }

  public record LastPromotion(UUID deploymentId, Instant at) {}

  public record EdgeView(
      UUID sourceEnvironmentId,
      UUID targetEnvironmentId,
      UUID appId,
      boolean requiresApproval,
      @Nullable LastPromotion lastPromotion,
      @Nullable Integer commitsBehind) {

    static EdgeView of(Environment target, UUID sourceId, @Nullable Promotion promotion) {
      return new EdgeView(
          sourceId,
          target.id(),
          target.appId(),
          target.isProtected(),
          promotion == null ? null : new LastPromotion(promotion.deploymentId(), promotion.at()),
          promotion == null ? null : promotion.commitsBehind());
    }
  }

  public record GraphAnswer(List<NodeView> nodes, List<EdgeView> edges) {
    static GraphAnswer of(Graph graph) {
      var nodes = graph.nodes().stream().map(node -> NodeView.of(node, graph)).toList();
      var edges =
          graph.nodes().stream()
              .map(Node::environment)
              .filter(target -> target.promotesFromId() != null)
              .map(
                  target ->
                      EdgeView.of(
                          target, target.promotesFromId(), graph.promotionInto(target.id())))
              .toList();
      return new GraphAnswer(nodes, edges);
    }
  }
}
