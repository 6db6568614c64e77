package dev.slipway.agent.edge;

import dev.slipway.proto.agent.v1.RouteMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests per route and instance since the last heartbeat that arrived. Bounded by the number of
 * routes that had requests in that time. Thread-safe.
 */
public final class RouteTraffic {
  private static final int MOST_ROUTES = 2000;

  private Map<Key, Window> current = new HashMap<>();
  private Map<Key, Window> pending = new HashMap<>();
  private long requests;
  private long bytes;

  /** What was answered since the start. */
  record Totals(long requests, long bytesSent) {}

  private record Key(String domain, String path, String instance) {}

  private static final class Window {
    private final LatencyHistogram latency = new LatencyHistogram();
    private final long[] statusClasses = new long[6];
    private long requests;
    private long bytes;

    void add(int status, long sent, long nanos) {
      requests++;
      bytes += sent;
      statusClasses[Math.clamp(status / 100, 0, 5)]++;
      latency.add(nanos);
    }

    void add(Window other) {
      requests += other.requests;
      bytes += other.bytes;
      for (int i = 0; i < statusClasses.length; i++) {
        statusClasses[i] += other.statusClasses[i];
      }
      latency.add(other.latency);
    }

    RouteMetrics metrics(Key key) {
      return RouteMetrics.newBuilder()
          .setDomain(key.domain())
          .setPath(key.path())
          .setContainerName(key.instance())
          .setRequestCount(requests)
          .setLatencyP50Ms(latency.percentile(0.50))
          .setLatencyP95Ms(latency.percentile(0.95))
          .setLatencyP99Ms(latency.percentile(0.99))
          .setStatus2Xx(statusClasses[2])
          .setStatus3Xx(statusClasses[3])
          .setStatus4Xx(statusClasses[4])
          .setStatus5Xx(statusClasses[5])
          .setBytesSent(bytes)
          .build();
    }
  }

  /**
   * @param instance who answered, or should have
   */
  synchronized void record(Route route, String instance, int status, long bytesSent, long nanos) {
    requests++;
    bytes += bytesSent;
    var path = route.pathPrefix().isEmpty() ? "/" : route.pathPrefix();
    var key = new Key(route.domain(), path, instance);
    if (current.size() < MOST_ROUTES || current.containsKey(key)) {
      current.computeIfAbsent(key, k -> new Window()).add(status, bytesSent, nanos);
    }
  }

  synchronized Totals totals() {
    return new Totals(requests, bytes);
  }

  /** What the next heartbeat carries: everything since the last one that was {@link #confirm}ed. */
  public synchronized List<RouteMetrics> report() {
    current.forEach((key, window) -> pending.computeIfAbsent(key, k -> new Window()).add(window));
    current = new HashMap<>();
    return pending.entrySet().stream()
        .limit(MOST_ROUTES)
        .map(e -> e.getValue().metrics(e.getKey()))
        .toList();
  }

  /** The heartbeat with the last report arrived. */
  public synchronized void confirm() {
    pending = new HashMap<>();
  }
}
