package dev.slipway.scripttest;

import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tests in a place.
 *
 * @param untested scripts without any
 */
record Suites(List<Suite> tests, List<Path> untested) {
  private static final String TEST = ".test.json";
  private static final String SCRIPT = ".js";

  /** Those of a folder and all below it, or of one script. */
  static Suites below(Path where) {
    if (Files.isRegularFile(where)) {
      return new Suites(List.of(Suite.read(script(where), test(where))), List.of());
    }
    try (var files = Files.walk(where)) {
      var scripts = files.filter(file -> file.toString().endsWith(SCRIPT)).sorted().toList();
      var tested = scripts.stream().filter(script -> Files.exists(test(script))).toList();
      if (tested.isEmpty()) {
        throw CliException.usage("no script below " + where + " has a test (NAME.test.json)");
      }
      return new Suites(
          tested.stream().map(script -> Suite.read(script, test(script))).toList(),
          scripts.stream().filter(script -> !tested.contains(script)).toList());
    } catch (IOException failure) {
      throw new CliException(ExitCode.USAGE, "cannot read " + where, failure);
    }
  }

  private static Path script(Path file) {
    return file.resolveSibling(stem(file) + SCRIPT);
  }

  private static Path test(Path file) {
    return file.resolveSibling(stem(file) + TEST);
  }

  private static String stem(Path file) {
    var name = file.getFileName().toString();
    for (var ending : List.of(TEST, SCRIPT)) {
      if (name.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    throw CliException.usage(file + " is neither a script (.js) nor a test (.test.json)");
  }
}
