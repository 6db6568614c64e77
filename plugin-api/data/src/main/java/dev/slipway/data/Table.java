package dev.slipway.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A table and its columns, declared once in a {@link TableMapper} as the constant {@code TABLE}.
 *
 * @param name as in the changelog
 * @param columns all columns in order; the first is the key {@code id}. A column {@code version} is
 *     counted up by every update and guards it
 */
@ProviderType
public record Table(String name, List<String> columns) {
  public Table {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || !columns.getFirst().equals("id")) {
      throw new IllegalArgumentException(name + ": the first column must be id");
    }
  }

  /** A table with these columns. */
  public static Table of(String name, String... columns) {
    return new Table(name, Arrays.asList(columns));
  }

  /** The columns as a select list. */
  public String select() {
    return String.join(", ", columns);
  }

  /** Whether updates are guarded by a version. */
  public boolean versioned() {
    return columns.contains("version");
  }

  /** The record component behind a column. */
  public static String property(String column) {
    var name = new StringBuilder();
    for (var word : column.split("_")) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }
}
