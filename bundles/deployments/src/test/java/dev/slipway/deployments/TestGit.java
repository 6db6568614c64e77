package dev.slipway.deployments;

import dev.slipway.testkit.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A working copy and the real git, whose user is a member of the test's tenant. */
public final class TestGit {
  private final TestDeployments test;
  private final Path folder;
  private final Path log;

  /** How git ended, and what it said. */
  public record Run(int code, String output) {
    public Run ok() {
      if (code != 0) {
        throw new AssertionError(output);
      }
      return this;
    }
  }

  /** A git that still runs. */
  public record Going(Process process, Path log) {
    public String output() {
      try {
        return Files.readString(log);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private TestGit(TestDeployments test, Path folder) {
    this.test = test;
    this.folder = folder;
    log = folder.resolveSibling(folder.getFileName() + ".log");
  }

  /** An empty repository whose branch is main. */
  public static TestGit init(TestDeployments test, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    var git = new TestGit(test, folder);
    git.run("init", "-q", "--initial-branch=main").ok();
    return git;
  }

  public Path folder() {
    return folder;
  }

  /** Address of an app's repository with a user's credential. */
  public String url(UUID app, TestClient user) {
    var token = user.header("Authorization").orElseThrow().substring("Bearer ".length());
    var tenant = user.header("X-Tenant-ID").orElseThrow();
    return test.wiring().links.url(app).replace("http://", "http://" + tenant + ":" + token + "@");
  }

  public String url(UUID app) {
    return url(app, test.user);
  }

  /** Adds a file and commits. */
  public String commit(String name, String content) {
    try {
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return commitAll(name);
  }

  public String commitAll(String message) {
    run("add", "--all").ok();
    run("commit", "-q", "-m", message).ok();
    return run("rev-parse", "HEAD").ok().output().strip();
  }

  /** Starts git. */
  public Going start(String... arguments) {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.com"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("LC_ALL", "C.UTF-8");
    try {
      return new Going(builder.redirectOutput(log.toFile()).start(), log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Runs git to its end, while everything else goes on. */
  public Run run(String... arguments) {
    return end(start(arguments));
  }

  /** Waits for git's end, while everything else goes on. */
  public Run end(Going going) {
    test.until("git has ended", () -> !going.process().isAlive());
    return new Run(going.process().exitValue(), going.output());
  }

  /** Pushes the branch main. */
  public Run push(UUID app) {
    return push(app, "main");
  }

  public Run push(UUID app, String what) {
    return run("push", url(app), what);
  }
}
