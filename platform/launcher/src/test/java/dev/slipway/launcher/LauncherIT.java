package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.launcher.files.FileTree;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the real program in JVMs of its own, with a real database and toy bundles. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherIT {

  private static final long DEADLINE_SECONDS = 90;

  private final Map<String, String> environment = new HashMap<>();
  private final List<Process> started = new ArrayList<>();
  private Path dir;
  private Path data;

  @BeforeEach
  void makeHome() throws IOException {
    dir = Files.createTempDirectory("launcher-it-");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    data = dir.resolve("data");
    ToyHome.make(dir.resolve("home"));
    environment.put("SLIPWAY_POSTGRES_CACHE", Options.forTests(dir).cache().toString());
    environment.put("SLIPWAY_AGENT_EDGE", "127.0.0.1:0");
  }

  @AfterEach
  void stopAndRemove() throws Exception {
    for (var process : started) {
      process.destroy();
      process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
    FileTree.delete(dir);
  }

  @Test
  void firstStartShowsAPasswordOnceAndLaterOnesKeepEverything() throws Exception {
    var first = start();
    var shown = awaitReady(first);
    assertThat(shown).anyMatch(line -> line.contains("Password") && line.contains("shown once"));
    assertThat(shown).noneMatch(line -> line.contains("a library prints"));
    assertThat(stop(first)).isZero();
    assertThat(data.resolve("keys/owner.password")).doesNotExist();
    assertThat(data.resolve("keys/master.key")).exists();
    assertThat(Files.readString(data.resolve("logs/slipway.log")))
        .contains("a library prints to standard output");

    var second = start();
    assertThat(awaitReady(second)).noneMatch(line -> line.contains("Password"));
    assertThat(stop(second)).isZero();
    assertThat(Files.readAllLines(data.resolve("toy.log")))
        .containsExactly(
            "feature started 1",
            "http stopped",
            "feature stopped",
            "feature started 2",
            "http stopped",
            "feature stopped");
    assertThat(serversRunning()).isEmpty();
  }

  @Test
  void givenPasswordIsUsedAndNotShown() throws Exception {
    environment.put("SLIPWAY_ROOT_PASSWORD", "Given-by-operator-1");
    environment.put("SLIPWAY_ROOT_EMAIL", "ops@example.com");
    var shown = awaitReady(start("--agent", "off"));
    assertThat(shown).noneMatch(line -> line.contains("Password"));
    assertThat(shown).anyMatch(line -> line.contains("ops@example.com"));
    assertThat(Files.readString(data.resolve("seen.json")))
        .contains("\"slipway.agent\":\"off\"")
        .contains("\"slipway.root.email\":\"ops@example.com\"")
        .contains("\"slipway.database.embedded\":\"true\"")
        .contains("\"slipway.training\":\"false\"");
  }

  @Test
  void killedPlatformStartsAgain() throws Exception {
    var first = start();
    awaitReady(first);
    first.destroyForcibly().waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertThat(serversRunning()).hasSize(1);

    var second = start();
    awaitReady(second);
    assertThat(Files.readString(data.resolve("toy.log"))).contains("feature started 2");
    assertThat(stop(second)).isZero();
    assertThat(serversRunning()).isEmpty();
  }

  @Test
  void signalDuringTheStartStopsWhatRuns() throws Exception {
    data = dir.resolve("never-ready");
    var process = start();
    await(() -> Files.exists(data.resolve("toy.log")));
    assertThat(stop(process)).isZero();
    assertThat(Files.readString(data.resolve("toy.log"))).contains("feature stopped");
    assertThat(serversRunning()).isEmpty();
  }

  @Test
  void endsWithTheProcessThatStartedItWhereThatIsWanted() throws Exception {
    var shell = start(List.of("sh", "-c", "\"$@\" & wait", "sh"), "--with-parent");
    awaitReady(shell);
    stop(shell);
    await(() -> Files.readString(data.resolve("toy.log")).contains("feature stopped"));
    await(() -> serversRunning().isEmpty());
  }

  @Test
  void failingBundleIsOneLineAndStopsTheRest() throws Exception {
    data = dir.resolve("broken");
    var result = run(List.of());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().getFirst())
        .startsWith("slipway: bundle dev.slipway.toy: the toy is broken; see ");
    assertThat(serversRunning()).isEmpty();
  }

  @Test
  void ownDatabaseOfTheOperatorIsUsed() throws Exception {
    try (var postgres = EmbeddedPostgres.start(Options.forTests(dir.resolve("pg")))) {
      var endpoint = postgres.endpoint();
      environment.put(
          "SLIPWAY_DATABASE_URL",
          "postgresql://slipway@127.0.0.1:" + endpoint.port() + "/postgres");
      environment.put("SLIPWAY_DATABASE_PASSWORD", endpoint.password());
      var process = start();
      awaitReady(process);
      assertThat(Files.readString(data.resolve("seen.json")))
          .contains("\"slipway.database.embedded\":\"false\"")
          .contains("\"slipway.database.url\":\"" + endpoint.url() + "\"");
      assertThat(data.resolve("postgres")).doesNotExist();
      assertThat(stop(process)).isZero();

      environment.put("SLIPWAY_DATABASE_PASSWORD", "not-the-password");
      var refused = run(List.of());
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.errors()).hasSize(1);
      assertThat(refused.errors().getFirst())
          .contains("does not answer")
          .doesNotContain("not-the-password");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, Unknown option",
    "--http=8080, is not of the form HOST:PORT",
    "--http=127.0.0.1:99999, is not of the form HOST:PORT",
    "--grpc=::1:80, is not of the form HOST:PORT",
    "--agent=vm, is none of",
    "--http=no.such.host.invalid:80, is not known",
  })
  void wrongUsageIsOneLine(String option, String expected) throws Exception {
    var result = run(List.of(option));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().getFirst()).startsWith("slipway: ").contains(expected);
  }

  @Test
  void takenPortIsOneLine() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var address = "127.0.0.1:" + taken.getLocalPort();
      var result = run(List.of("--http", address));
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.errors()).hasSize(1);
      assertThat(result.errors().getFirst()).contains("--http: cannot listen on " + address);
    }
  }

  @Test
  void takenAddressOfTheEdgeIsOneLineUnlessNoAgentIsWanted() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var address = "127.0.0.1:" + taken.getLocalPort();
      environment.put("SLIPWAY_AGENT_EDGE", address);
      var result = run(List.of("--agent", "process"));
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.errors()).hasSize(1);
      assertThat(result.errors().getFirst())
          .contains("SLIPWAY_AGENT_EDGE: cannot listen on " + address);

      var agentless = start("--agent", "off");
      awaitReady(agentless);
      assertThat(stop(agentless)).isZero();
    }
  }

  /** An agent outlives the platform's crash, and with it what it holds. */
  @Test
  void addressOfAnAgentThatStillRunsIsNotTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      environment.put("SLIPWAY_AGENT_EDGE", "127.0.0.1:" + taken.getLocalPort());
      var first = start("--agent", "off");
      awaitReady(first);
      assertThat(stop(first)).isZero();
      var own = ProcessHandle.current().pid();
      Files.createDirectories(data.resolve("agent"));
      Files.writeString(data.resolve("agent/agent.pid"), own + " 1\n");
      awaitReady(start("--agent", "process"));
    }
  }

  @Test
  void folderOfANewerVersionIsRefusedUntouched() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("version"), "99.0.0\n");
    var result = run(List.of());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().getFirst()).contains("written by version 99.0.0");
    assertThat(data.resolve("version")).hasContent("99.0.0");
    assertThat(data.resolve("keys")).doesNotExist();
  }

  @Test
  void folderOfSomethingElseIsRefused() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("thesis.txt"), "mine");
    var result = run(List.of());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().getFirst()).contains("no data folder of Slipway");
    assertThat(data.resolve("lock")).doesNotExist();
  }

  @Test
  void secondInstanceIsRefusedAndTheFirstRunsOn() throws Exception {
    var first = start();
    awaitReady(first);
    var result = run(List.of());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().getFirst()).contains("in use by another instance");
    assertThat(stop(first)).isZero();
  }

  private record Result(int status, List<String> errors) {}

  private Result run(List<String> options) throws Exception {
    var process = start(options.toArray(String[]::new));
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readAllLines(errors(process)));
  }

  private Process start(String... options) throws IOException {
    return start(List.of(), options);
  }

  private Process start(List<String> starter, String... options) throws IOException {
    var command = new ArrayList<>(starter);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dslipway.home=" + dir.resolve("home"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--data",
            data.toString()));
    var given = List.of(options);
    for (var listener : List.of("--http", "--grpc")) {
      if (given.stream().noneMatch(option -> option.startsWith(listener))) {
        command.addAll(List.of(listener, "127.0.0.1:0"));
      }
    }
    command.addAll(given);
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("SLIPWAY_"));
    builder.environment().putAll(environment);
    builder.redirectOutput(Files.createTempFile(dir, "out", ".txt").toFile());
    builder.redirectError(Files.createTempFile(dir, "err", ".txt").toFile());
    var process = builder.start();
    outputs.put(process, builder.redirectOutput().file().toPath());
    errors.put(process, builder.redirectError().file().toPath());
    started.add(process);
    return process;
  }

  private final Map<Process, Path> outputs = new HashMap<>();
  private final Map<Process, Path> errors = new HashMap<>();

  private Path errors(Process process) {
    return errors.get(process);
  }

  private List<String> awaitReady(Process process) throws Exception {
    var output = outputs.get(process);
    await(() -> Files.readString(output).contains("Owner") || !process.isAlive());
    assertThat(process.isAlive()).as("%s", Files.readString(errors(process))).isTrue();
    // The password follows the owner's line after one more request.
    await(() -> Files.exists(data.resolve("initialised")));
    return Files.readAllLines(output);
  }

  private static int stop(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** PostgreSQL servers that work on the data folder of this test. */
  private List<ProcessHandle> serversRunning() {
    var cluster = data.resolve("postgres/cluster").toString();
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              try {
                var words = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
                return List.of(words.split("\0")).contains(cluster);
              } catch (IOException _) {
                return false;
              }
            })
        .toList();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline passed").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
