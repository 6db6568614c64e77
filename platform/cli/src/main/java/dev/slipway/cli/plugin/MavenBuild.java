package dev.slipway.cli.plugin;

import dev.slipway.cli.output.CliException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds a plugin's project in a process of its own: by Maven, or by a command that is given. */
public final class MavenBuild {
  private static final String DEPENDENCIES = "maven-dependency-plugin";

  /** Writes the class path into a file; part of Maven's own plugins. */
  private static final String CLASS_PATH_GOAL =
      "org.apache.maven.plugins:" + DEPENDENCIES + ":3.9.0:build-classpath";

  private final Path project;
  private final List<String> command;
  private boolean tellsClassPath;

  private MavenBuild(Path project, List<String> command, boolean tellsClassPath) {
    this.project = project;
    this.command = List.copyOf(command);
    this.tellsClassPath = tellsClassPath;
  }

  /** By a command that leaves a jar in {@code target}. */
  public static MavenBuild by(Path project, String command) {
    return new MavenBuild(project, Arrays.asList(command.split(" ")), false);
  }

  /** By Maven, which is started like this, with options where there are any. */
  public static MavenBuild maven(Path project, String maven) {
    var command = new ArrayList<>(Arrays.asList(maven.split(" ")));
    command.addAll(List.of("-q", "-DskipTests", "package"));
    return new MavenBuild(project, command, true);
  }

  /** Builds; false where that failed, and {@link #said} tells why. */
  boolean run() throws InterruptedException {
    if (!tellsClassPath) {
      return run(command);
    }
    var words = new ArrayList<>(command);
    words.add(CLASS_PATH_GOAL);
    words.add("-Dmdep.outputFile=" + classPathFile().toAbsolutePath());
    words.add("-Dmdep.includeScope=compile");
    if (run(words)) {
      return true;
    }
    if (!said().contains(DEPENDENCIES)) {
      return false;
    }
    // Not to be had here: then each change is built by Maven.
    tellsClassPath = false;
    return run(command);
  }

  private boolean run(List<String> words) throws InterruptedException {
    try {
      var builder =
          new ProcessBuilder(words)
              .directory(project.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()));
      // It lives for seconds, in which the second compiler of the JVM only gets in the way.
      builder.environment().putIfAbsent("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
      return builder.start().waitFor() == 0;
    } catch (IOException failure) {
      throw CliException.usage(words.getFirst() + " can not be run: " + failure.getMessage());
    }
  }

  /** What the last build has said. */
  String said() {
    try {
      return Files.readString(log());
    } catch (IOException failure) {
      return "";
    }
  }

  /** What the project is compiled with; empty where that is not known. */
  List<Path> classPath() {
    try {
      return tellsClassPath
          ? Arrays.stream(Files.readString(classPathFile()).strip().split(File.pathSeparator))
              .map(Path::of)
              .toList()
          : List.of();
    } catch (IOException unknown) {
      return List.of();
    }
  }

  private Path classPathFile() {
    return project.resolve("target/plugin-dev.classpath");
  }

  private Path log() throws IOException {
    return Files.createDirectories(project.resolve("target")).resolve("plugin-dev.log");
  }
}
