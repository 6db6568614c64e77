package dev.slipway.logs.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lines column by column, as PostgreSQL takes many rows in at the least cost.
 *
 * @param observedAt in ISO 8601
 * @param attributes as JSON
 */
public record LineColumns(
    @Nullable UUID[] tenantId,
    @Nullable String[] observedAt,
    @Nullable String[] stream,
    @Nullable String[] level,
    @Nullable String[] phase,
    @Nullable String[] message,
    @Nullable UUID[] appId,
    @Nullable UUID[] deploymentId,
    @Nullable UUID[] serverId,
    @Nullable String[] container,
    @Nullable String[] attributes) {

  /**
   * The columns of lines given by their names.
   *
   * @param json writes attributes
   */
  static LineColumns of(List<Map<String, @Nullable Object>> lines, Function<Object, String> json) {
    return new LineColumns(
        ids(lines, "tenant_id"),
        texts(lines, "observed_at", Object::toString),
        texts(lines, "stream", Object::toString),
        texts(lines, "level", Object::toString),
        texts(lines, "phase", Object::toString),
        texts(lines, "message", Object::toString),
        ids(lines, "app_id"),
        ids(lines, "deployment_id"),
        ids(lines, "server_id"),
        texts(lines, "container", Object::toString),
        texts(lines, "attributes", json));
  }

  private static @Nullable UUID[] ids(List<Map<String, @Nullable Object>> lines, String column) {
    return lines.stream().map(line -> (UUID) line.get(column)).toArray(UUID[]::new);
  }

  private static @Nullable String[] texts(
      List<Map<String, @Nullable Object>> lines, String column, Function<Object, String> text) {
    return lines.stream()
        .map(line -> line.get(column))
        .map(value -> value == null ? null : text.apply(value))
        .toArray(String[]::new);
  }
}
