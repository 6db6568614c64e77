package dev.slipway.api.platform;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A JSON Schema that was read; may be used by many threads.
 *
 * @since 0.1.0
 */
@ProviderType
public interface JsonSchema {
  /** The schema itself. */
  Map<String, @Nullable Object> members();

  /**
   * What of a value does not fit; empty where all does.
   *
   * @param value plain JSON values: Map, List, String, Number, Boolean or null
   */
  List<Mismatch> mismatches(@Nullable Object value);

  /**
   * A part of a value that does not fit.
   *
   * @param path names of members and places in lists that lead to it; empty for the whole. It ends
   *     in the member's name where one is missing or too many
   * @param keyword of the schema that it does not fit, such as {@code required}
   * @param message for people, without the path; may quote the value
   * @since 0.1.0
   */
  @ProviderType
  record Mismatch(List<String> path, String keyword, String message) {
    /** Copies the path. */
    public Mismatch {
      path = List.copyOf(path);
    }

    /** The path joined by dots, and the message. */
    @Override
    public String toString() {
      return path.isEmpty() ? message : String.join(".", path) + ": " + message;
    }
  }
}
