package dev.slipway.api.platform;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** JSON in the platform's own dialect: snake_case members, RFC 3339 times, enums in lower case. */
@ProviderType
public interface Json {
  /** A value as JSON text. */
  String write(@Nullable Object value);

  /**
   * JSON text as a value; members that the type does not know are ignored.
   *
   * @throws IllegalArgumentException where the text does not fit; the message carries none of the
   *     text
   */
  <T> T read(String json, Class<T> type);

  /** A record's members by their JSON names. */
  Map<String, @Nullable Object> members(Object value);
}
