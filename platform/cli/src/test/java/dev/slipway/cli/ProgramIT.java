package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakePlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
class ProgramIT {
  @TempDir Path temporary;

  private Process start(FakePlatform platform, String name, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("XDG_CONFIG_HOME", temporary.resolve("home").toString());
    builder.environment().put("SLIPWAY_URL", platform.url());
    builder.environment().keySet().removeAll(List.of("SLIPWAY_TOKEN", "SLIPWAY_TENANT"));
    builder.redirectOutput(temporary.resolve(name + ".out").toFile());
    builder.redirectError(temporary.resolve(name + ".err").toFile());
    return builder.start();
  }

  private String text(String file) throws IOException {
    return Files.readString(temporary.resolve(file));
  }

  private static int exit(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void processesThatRunOutTogetherUseTheRefreshTokenOnce() throws Exception {
    try (var platform = new FakePlatform()) {
      new User(temporary.resolve("home"), platform.url())
          .typing(FakeAccounts.PASSWORD)
          .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
      platform.accounts.expire();
      var processes = new ArrayList<Process>();
      for (var i = 0; i < 3; i++) {
        processes.add(start(platform, "whoami" + i, "whoami"));
      }
      for (var process : processes) {
        assertThat(exit(process)).isZero();
      }
      assertThat(platform.accounts.reused).isFalse();
      assertThat(platform.count("POST /api/auth/refresh")).isOne();
      assertThat(text("whoami0.out")).contains(FakeAccounts.EMAIL);
    }
  }

  @Test
  void deploysWithNothingButItsOwnWordsOnStderr() throws Exception {
    var folder = Files.createDirectory(temporary.resolve("shop"));
    Files.writeString(folder.resolve(".gitignore"), "[bad\n*.log\n");
    Files.writeString(folder.resolve("x"), "x");
    try (var platform = new FakePlatform()) {
      var login =
          start(platform, "login", "login", "--email", FakeAccounts.EMAIL, "--password-stdin");
      login.getOutputStream().write((FakeAccounts.PASSWORD + "\n").getBytes(UTF_8));
      login.getOutputStream().close();
      assertThat(exit(login)).isZero();
      var deploy = start(platform, "deploy", "deploy", folder.toString(), "--wait", "-o", "json");
      assertThat(exit(deploy)).isZero();
      assertThat(text("deploy.out").lines()).last().asString().startsWith("{\"app\":\"shop\"");
      assertThat(text("deploy.err")).contains("created app shop").doesNotContain("SLF4J");
      assertThat(exit(start(platform, "missing", "app", "show", "missing"))).isEqualTo(4);
      assertThat(text("missing.err")).isEqualTo("error: no app 'missing' in this tenant\n");
    }
  }
}
