package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/slipway} with a Java that prints how it was called. */
class StartScriptIT {

  private static final String ECHO = "#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done\n";

  @TempDir private Path dir;
  private final Map<String, String> environment = new HashMap<>();
  private Path script;

  @BeforeEach
  void makeHome() throws IOException {
    var bin = Files.createDirectories(dir.resolve("a home/bin"));
    script = bin.resolve("slipway");
    Files.copy(Path.of("..", "..", "dist", "bin", "slipway"), script);
    executable(script);
    var lib = Files.createDirectories(dir.resolve("a home/lib"));
    for (var jar : List.of("b.jar", "a.jar", "dev.slipway.cli-0.1.0.jar", "picocli-4.jar")) {
      Files.createFile(lib.resolve(jar));
    }
    Files.createDirectories(dir.resolve("a home/bundles"));
    environment.put("SLIPWAY_JAVA_HOME", jdk("25.0.3").toString());
  }

  @Test
  void runStartsTheLauncherWithTheArgumentsAsTheyAre() throws Exception {
    var words = output("run", "--data", "a b", "--http=x y");
    assertThat(words)
        .containsSubsequence("dev.slipway.launcher.Main", "--data", "a b", "--http=x y");
    assertThat(words).contains("-Dslipway.home=" + dir.toRealPath().resolve("a home"));
    assertThat(words).contains("-Dslipway.training=false").noneMatch(w -> w.contains("AOT"));
    var lib = dir.toRealPath().resolve("a home/lib");
    assertThat(words)
        .anyMatch(word -> word.startsWith(lib.resolve("a.jar") + ":" + lib.resolve("b.jar") + ":"));
  }

  @Test
  void cacheOfTheChosenDataFolderIsUsedUnlessTurnedOff() throws Exception {
    var cache = Files.createDirectories(dir.resolve("d/cache/aot")).resolve("current");
    Files.createFile(cache);
    var expected = "-XX:AOTCache=" + cache;
    assertThat(output("run", "--data", dir.resolve("d").toString())).contains(expected);
    assertThat(output("run", "--data=" + dir.resolve("d"))).contains(expected);
    assertThat(output("run", "--data=" + dir.resolve("other"))).doesNotContain(expected);
    environment.put("SLIPWAY_DATA", dir.resolve("d").toString());
    assertThat(output("run")).contains(expected);
    environment.put("SLIPWAY_AOT", "off");
    assertThat(output("run")).doesNotContain(expected);
  }

  @Test
  void trainingWritesACache() throws Exception {
    environment.put("SLIPWAY_TRAINING", "/x/made.aot");
    assertThat(output("run")).contains("-XX:AOTCacheOutput=/x/made.aot", "-Dslipway.training=true");
  }

  @Test
  void optionsOfTheOperatorComeAfterOurs() throws Exception {
    environment.put("SLIPWAY_JAVA_OPTS", "-Xmx2g -Dx=y");
    assertThat(output("run")).containsSubsequence("-Xmx512m", "-Xmx2g", "-Dx=y");
  }

  @Test
  void anythingElseIsForTheClient() throws Exception {
    var words = output("app", "list");
    assertThat(words).containsSubsequence("dev.slipway.cli.Main", "app", "list");
    var lib = dir.toRealPath().resolve("a home/lib");
    assertThat(words)
        .anyMatch(word -> word.startsWith(lib.resolve("dev.slipway.cli-0.1.0.jar") + ":"));
    assertThat(output()).last().isEqualTo("dev.slipway.cli.Main");
  }

  @Test
  void homeIsFoundThroughLinks() throws Exception {
    Files.createDirectories(dir.resolve("usr/bin"));
    var first = Files.createSymbolicLink(dir.resolve("usr/bin/slip"), script);
    script = Files.createSymbolicLink(dir.resolve("usr/bin/slipway"), first.getFileName());
    assertThat(output("run")).contains("-Dslipway.home=" + dir.toRealPath().resolve("a home"));
  }

  @Test
  void oldJavaOfTheOperatorIsOneClearLine() throws Exception {
    environment.put("SLIPWAY_JAVA_HOME", jdk("17.0.1").toString());
    var result = call("run");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().getFirst()).contains("17.0.1) is not a JDK 25 or newer");
  }

  @Test
  void newEnoughJavaIsTakenFromJavaHomeOrThePath() throws Exception {
    environment.remove("SLIPWAY_JAVA_HOME");
    environment.put("JAVA_HOME", jdk("26").toString());
    assertThat(output("run")).contains("dev.slipway.launcher.Main");
    environment.put("JAVA_HOME", jdk("17.0.1").toString());
    environment.put("PATH", jdk("25").resolve("bin") + ":" + System.getenv("PATH"));
    assertThat(output("run")).contains("dev.slipway.launcher.Main");
  }

  private Path jdk(String version) throws IOException {
    var home = dir.resolve("jdk " + version);
    if (Files.exists(home)) {
      return home;
    }
    var java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, ECHO);
    executable(java);
    Files.writeString(home.resolve("release"), "A=\"1\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Result(int status, List<String> output, List<String> errors) {}

  private List<String> output(String... arguments) throws Exception {
    var result = call(arguments);
    assertThat(result.errors()).isEmpty();
    assertThat(result.status()).isZero();
    return result.output();
  }

  private Result call(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    var out = dir.resolve("out.txt");
    var err = dir.resolve("err.txt");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SLIPWAY_"));
    builder.environment().putAll(environment);
    var process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
  }
}
