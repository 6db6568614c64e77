package dev.slipway.admin.resource;

import dev.slipway.admin.Node;
import dev.slipway.admin.service.HealthService;
import dev.slipway.admin.service.IntegrationService.Looked;
import dev.slipway.admin.store.NodeMapper.Load;
import dev.slipway.api.spi.Integration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Nodes and integrations as clients see them. */
public final class HealthPayloads {
  private HealthPayloads() {}

  /** Whether a node lives. */
  public enum Status {
    ACTIVE,
    /** Silent for more than 90 seconds. */
    STALE
  }

  /** A node. */
  public record NodeView(
      UUID id,
      String hostname,
      String region,
      Instant lastSeen,
      boolean isHealthy,
      String version,
      Instant startedAt,
      Status status) {
    static NodeView of(Node node, Instant now) {
      var lives = node.lastSeen().isAfter(now.minus(HealthService.PATIENCE));
      return new NodeView(
          node.id(),
          node.hostname(),
          node.region(),
          node.lastSeen(),
          lives,
          node.version(),
          node.startedAt(),
          lives ? Status.ACTIVE : Status.STALE);
    }
  }

  /** The nodes that lived in the last week. */
  public record Nodes(List<NodeView> nodes) {
    static Nodes of(List<Node> nodes) {
      var now = Instant.now();
      return new Nodes(nodes.stream().map(node -> NodeView.of(node, now)).toList());
    }
  }

  /**
   * Load in an interval.
   *
   * @param nodeId null where it is that of all nodes together
   * @param timestamp the interval's begin
   * @param cpu percent of all cores
   * @param memoryMB in MiB
   */
  public record Metric(
      @Nullable UUID nodeId,
      Instant timestamp,
      double cpu,
      double memoryMB,
      double requestsPerMin,
      double avgLatencyMs) {
    static Metric of(Load load) {
      return new Metric(
          load.nodeId(),
          load.at(),
          load.cpu(),
          load.memoryMb(),
          load.requestsPerMin(),
          load.avgLatencyMs());
    }
  }

  /** Load over a time. */
  public record Metrics(List<Metric> metrics, Instant from, Instant to) {
    static Metrics of(HealthService.Series series) {
      return new Metrics(
          series.load().stream().map(Metric::of).toList(), series.from(), series.to());
    }
  }

  /** The newest load of each living node. */
  public record Current(List<Metric> metrics) {
    static Current of(List<Load> load) {
      return new Current(load.stream().map(Metric::of).toList());
    }
  }

  /** What a look at an integration has found. */
  public record IntegrationCheck(
      String name,
      Integration.Status status,
      @Nullable String message,
      Instant lastCheck,
      @Nullable Long responseMs,
      long calls24h) {
    static IntegrationCheck of(Looked looked) {
      return new IntegrationCheck(
          looked.name(),
          looked.status(),
          looked.message(),
          looked.at(),
          looked.millis(),
          looked.calls24h());
    }
  }

  /** All integrations. */
  public record Integrations(List<IntegrationCheck> integrations) {}
}
