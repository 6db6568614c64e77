package dev.slipway.events;

import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A filter as the statements take it.
 *
 * @param tenantId null for the events of all tenants
 * @param exact wanted types, one by one
 * @param prefixes beginnings of wanted types, each with its final dot; with no type and no prefix
 *     all are wanted
 */
record Selection(
    @Nullable UUID tenantId, String[] exact, String[] prefixes, @Nullable UUID subjectId) {

  // Types come from clients too, and each costs a condition in the statement.
  private static final int MOST_TYPES = 100;

  static Selection of(Scope scope, EventFilter filter) {
    if (filter.types().size() > MOST_TYPES) {
      throw CommonError.INVALID.of().withField("types", "has more than " + MOST_TYPES + " entries");
    }
    return new Selection(
        scope instanceof Scope.Tenant tenant ? tenant.tenantId() : null,
        filter.types().stream().filter(type -> !type.endsWith(".*")).toArray(String[]::new),
        filter.types().stream()
            .filter(type -> type.endsWith(".*"))
            .map(type -> type.substring(0, type.length() - 1))
            .toArray(String[]::new),
        filter.subjectId());
  }

  boolean typed() {
    return exact.length + prefixes.length > 0;
  }
}
