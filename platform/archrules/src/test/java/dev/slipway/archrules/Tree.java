package dev.slipway.archrules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The source tree that this module stands in. */
final class Tree {
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /** The names of the feature bundles, which are also the names of their root packages. */
  static final List<String> FEATURES = folders("bundles");

  /** The names of the platform's parts. */
  static final List<String> PARTS = folders("platform");

  private Tree() {}

  /** The modules in a folder. */
  private static List<String> folders(String parent) {
    try (var children = Files.list(ROOT.resolve(parent))) {
      return children
          .filter(child -> Files.exists(child.resolve("pom.xml")))
          .map(child -> child.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The files of what is shipped (no tests) whose name ends so, relative to the root. */
  static List<Path> main(String ending) {
    return Stream.of("bundles", "platform", "plugin-api", "plugins")
        .flatMap(top -> walk(ROOT.resolve(top)).stream())
        .filter(file -> file.toString().endsWith(ending))
        .map(ROOT::relativize)
        .filter(file -> file.toString().matches("[a-z-]+/[a-z-]+/src/main/.*"))
        .toList();
  }

  private static List<Path> walk(Path top) {
    try (var files = Files.walk(top)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(ROOT.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
