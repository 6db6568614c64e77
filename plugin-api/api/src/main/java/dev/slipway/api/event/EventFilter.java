package dev.slipway.api.event;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which events to read.
 *
 * @param types full types, or prefixes that end in {@code .*}; empty = all
 * @param subjectId only events of this object; null = of all
 */
@ProviderType
public record EventFilter(Set<String> types, @Nullable UUID subjectId) {
  public EventFilter {
    types = Set.copyOf(types);
  }

  /** Events of these types on any subject. */
  public static EventFilter types(String... types) {
    return new EventFilter(Set.of(types), null);
  }

  /** All events of one subject. */
  public static EventFilter subject(UUID subjectId) {
    return new EventFilter(Set.of(), subjectId);
  }

  /** Whether a type is asked for. */
  public boolean matches(String type) {
    return types.isEmpty()
        || types.contains(type)
        || types.stream()
            .anyMatch(
                wanted ->
                    wanted.endsWith(".*")
                        && type.startsWith(wanted.substring(0, wanted.length() - 1)));
  }
}
