package dev.slipway.api.offering;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a tenant has set up of an offering: values that fit its schema, defaults filled in, secrets
 * in the clear.
 *
 * @param values by name, as JSON has them
 * @since 0.1.0
 */
@ProviderType
public record Setup(Map<String, @Nullable Object> values) {
  /** Keeps the values as they are now. */
  public Setup {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A value as text; null where it has neither value nor default. */
  public @Nullable String text(String name) {
    var value = values.get(name);
    return value == null ? null : value.toString();
  }

  /**
   * A value as text that the schema asks for.
   *
   * @throws IllegalArgumentException where it is not there
   */
  public String required(String name) {
    var value = text(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set up");
    }
    return value;
  }

  /** Whether a value is true. */
  public boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /** A value as a whole number; another one where it is none. */
  public int number(String name, int otherwise) {
    return values.get(name) instanceof Number number ? number.intValue() : otherwise;
  }

  /** The texts of a list; empty where it is none. */
  public List<String> texts(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().map(Objects::toString).toList()
        : List.of();
  }

  /** Names alone: values may be secrets. */
  @Override
  public String toString() {
    return "Setup" + values.keySet();
  }
}
