package dev.slipway.testkit.contract;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.store.json.JsonMappers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The examples of one feature in the source tree of the module under test. */
final class ExampleFile {
  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(LINES)
          .withArrayIndenter(LINES);

  private final Path file;
  private final TreeMap<String, JsonNode> entries = new TreeMap<>();

  private ExampleFile(Path file) {
    this.file = file;
  }

  /**
   * The file of a feature, which need not be there.
   *
   * @param folder of examples; null for where a module has them
   */
  static ExampleFile of(@Nullable Path folder, String feature) {
    var place = folder == null ? Path.of("src/main/resources/examples") : folder;
    var found = new ExampleFile(place.resolve(feature + ".json"));
    if (Files.exists(found.file)) {
      try {
        JsonMappers.PLATFORM
            .readTree(found.file.toFile())
            .properties()
            .forEach(entry -> found.entries.put(entry.getKey(), entry.getValue()));
      } catch (IOException failure) {
        throw new UncheckedIOException(found.file + " can not be read", failure);
      }
    }
    return found;
  }

  Iterable<String> operations() {
    return entries.keySet();
  }

  /** The example of an operation; an empty one where there is none yet. */
  ObjectNode of(String operation) {
    return entries.get(operation) instanceof ObjectNode known
        ? known.deepCopy()
        : JsonNodeFactory.instance.objectNode();
  }

  void put(String operation, ObjectNode example) {
    entries.put(operation, example);
  }

  void write() {
    var all = JsonNodeFactory.instance.objectNode();
    entries.forEach(all::set);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, JsonMappers.PLATFORM.writer(PRINTER).writeValueAsString(all) + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(file + " can not be written", failure);
    }
  }
}
