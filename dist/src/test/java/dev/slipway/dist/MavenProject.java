package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Maven as somebody uses it who has built this tree: its artifacts stand in a local repository of
 * the tests' own, all others where this build found them.
 */
final class MavenProject {
  private static final Path TREE = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final String VERSION = "0.1.0";

  private MavenProject() {}

  /** The command that builds with these arguments, in whatever folder it is started. */
  static List<String> command(Path folder, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(TREE.resolve("mvnw").toString());
    command.addAll(List.of("-B", "-ntp", "-q", "-Dmaven.repo.local=" + repository(folder)));
    command.add("-Dmaven.repo.local.tail=" + System.getProperty("localRepository"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path repository(Path folder) throws IOException {
    var repository = folder.resolve("repository");
    if (!Files.exists(repository)) {
      // A run is over before the best compiler of the JVM pays.
      var options = Files.createDirectories(folder.resolve(".mvn")).resolve("jvm.config");
      Files.writeString(options, "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n");
      put(repository, TREE, "slipway");
      var modules = MODULE.matcher(Files.readString(TREE.resolve("pom.xml")));
      while (modules.find()) {
        var module = TREE.resolve(modules.group(1));
        put(repository, module, module.getFileName().toString());
      }
    }
    return repository;
  }

  private static void put(Path repository, Path module, String artifact) throws IOException {
    var target = repository.resolve("dev/slipway").resolve(artifact).resolve(VERSION);
    Files.createDirectories(target);
    var name = artifact + "-" + VERSION;
    Files.copy(module.resolve("pom.xml"), target.resolve(name + ".pom"));
    var jar = module.resolve("target").resolve(name + ".jar");
    if (Files.exists(jar)) {
      Files.copy(jar, target.resolve(name + ".jar"));
    }
  }
}
