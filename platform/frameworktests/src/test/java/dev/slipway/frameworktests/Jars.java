package dev.slipway.frameworktests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The jars of this test's class path, told apart as the distribution tells them apart. */
final class Jars {
  private static final String OURS = "dev.slipway.";
  private static final String EXAMPLE = "dev.slipway.example-greeting";
  private static final String UPTIME = "dev.slipway.admin-page-uptime";
  private static final String NTFY = "dev.slipway.notification-channel-ntfy";
  private static final String POWERDNS = "dev.slipway.dns-provider-powerdns";
  private static final String CHAT = "dev.slipway.ai-provider-chat";
  private static final String VALKEY = "dev.slipway.service-template-valkey";
  private static final Set<String> PROGRAMS =
      Set.of(
          "dev.slipway.launcher",
          "dev.slipway.cli",
          "dev.slipway.testkit",
          "dev.slipway.frameworktests",
          UPTIME,
          EXAMPLE,
          NTFY,
          POWERDNS,
          CHAT,
          VALKEY);
  private static final Set<String> FRAMEWORK =
      Set.of(
          "org.apache.felix.scr",
          "org.osgi.service.component",
          "org.osgi.util.promise",
          "org.osgi.util.function");
  private static final Set<String> PROBING =
      Set.of(
          "org.ops4j.pax.exam.extender.service",
          "org.ops4j.pax.exam.inject",
          "org.ops4j.pax.exam.invoker.junit");

  private final Map<Path, String> names = new LinkedHashMap<>();

  Jars() {
    Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .forEach(jar -> names.put(jar, name(jar)));
  }

  Path example() {
    return named(EXAMPLE);
  }

  Path uptime() {
    return named(UPTIME);
  }

  /** An example plugin by its id. */
  Path named(String name) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** What goes into the framework. */
  Stream<Path> bundles() {
    return names.entrySet().stream()
        .filter(entry -> isBundle(entry.getValue()))
        .map(Map.Entry::getKey);
  }

  /** What goes into the framework beside them, for tests that run inside. */
  Stream<Path> probing() {
    return names.entrySet().stream()
        .filter(entry -> PROBING.contains(entry.getValue()))
        .map(Map.Entry::getKey);
  }

  /** What the system bundle exports. */
  Stream<Path> libraries() {
    return names.entrySet().stream()
        .filter(entry -> !isBundle(entry.getValue()))
        .filter(entry -> !PROBING.contains(entry.getValue()))
        .filter(entry -> !entry.getValue().startsWith(OURS))
        .filter(entry -> !entry.getValue().startsWith("osgi."))
        .map(Map.Entry::getKey);
  }

  private static boolean isBundle(String name) {
    return FRAMEWORK.contains(name) || name.startsWith(OURS) && !PROGRAMS.contains(name);
  }

  private static String name(Path path) {
    if (!Files.isRegularFile(path)) {
      return "";
    }
    try (var jar = new JarFile(path.toFile())) {
      return Optional.ofNullable(jar.getManifest())
          .map(manifest -> manifest.getMainAttributes().getValue("Bundle-SymbolicName"))
          .map(header -> Objects.requireNonNull(header).split(";", 2)[0].strip())
          .orElse("");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
