package dev.slipway.cli.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a project by their names below a folder of it. */
final class Sources {
  private Sources() {}

  /** All below the folder but what editors leave; none where it is not there. */
  static Map<String, Path> below(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    var found = new TreeMap<String, Path>();
    try (var files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("\\..*|.*~"))
          .forEach(file -> found.put(folder.relativize(file).toString().replace('\\', '/'), file));
    }
    return found;
  }

  /** Those with this ending. */
  static List<Path> ending(Path folder, String ending) throws IOException {
    return new ArrayList<>(
        below(folder).values().stream().filter(file -> file.toString().endsWith(ending)).toList());
  }
}
