package dev.slipway.fleet.store.server;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent measured since the last heartbeat, each as columns by name.
 *
 * @param routes what passed its edge
 * @param proxy the reverse proxy's own numbers; null where it said none
 * @param analytics visitors by domain
 * @param services containers, mount points and the agent itself
 * @param checks results of health checks
 */
public record Measures(
    List<Map<String, Object>> routes,
    @Nullable Map<String, Object> proxy,
    List<Map<String, Object>> analytics,
    List<Map<String, Object>> services,
    List<Map<String, Object>> checks) {
  /** Nothing. */
  public static final Measures NONE =
      new Measures(List.of(), null, List.of(), List.of(), List.of());
}
