package dev.slipway.api.platform;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads JSON Schemas of dialect 2020-12. What a schema refers to must stand in it: nothing is
 * fetched. {@code format} is checked; keywords that the dialect does not know say nothing.
 *
 * @since 0.1.0
 */
@ProviderType
public interface JsonSchemas {
  /**
   * Reads a schema, which takes milliseconds; keep what comes out.
   *
   * @param schema plain JSON values, which must not change any more
   * @throws IllegalArgumentException where it is no schema; the message says why, for people
   */
  JsonSchema read(Map<String, @Nullable Object> schema);
}
