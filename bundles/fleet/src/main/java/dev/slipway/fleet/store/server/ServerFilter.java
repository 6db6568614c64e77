package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerStatus;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which servers to list.
 *
 * @param labels all of them must be there with these values
 * @param search part of name, host name or address
 */
public record ServerFilter(
    @Nullable ServerStatus status,
    @Nullable UUID poolId,
    Map<String, Object> labels,
    @Nullable String search) {

  /** The search text as a LIKE pattern. */
  public @Nullable String pattern() {
    return search == null
        ? null
        : "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  /** The labels; null where none are asked for. */
  public @Nullable Map<String, Object> wanted() {
    return labels.isEmpty() ? null : labels;
  }
}
