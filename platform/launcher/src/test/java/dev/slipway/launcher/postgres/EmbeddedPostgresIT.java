package dev.slipway.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.launcher.files.FileTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class EmbeddedPostgresIT {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private Path dir;

  @BeforeEach
  void makeFolder() throws IOException {
    dir = Files.createTempDirectory("embedded-postgres-it-");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void removeFolder() throws IOException {
    FileTree.delete(dir);
  }

  @Test
  void restartKeepsRowsPortAndPassword() throws Exception {
    Endpoint first;
    try (var postgres = EmbeddedPostgres.start(Options.forTests(dir))) {
      first = postgres.endpoint();
      execute(first, "create table kept (id int)", "insert into kept values (42)");
    }
    try (var postgres = EmbeddedPostgres.start(Options.forTests(dir))) {
      assertThat(postgres.endpoint()).isEqualTo(first);
      assertThat(query(first, "select id from kept")).isEqualTo("42");
    }
  }

  @Test
  void productSettingsAreDurableAndClosed() throws Exception {
    try (var postgres = EmbeddedPostgres.start(durable())) {
      var endpoint = postgres.endpoint();
      assertThat(query(endpoint, "show fsync")).isEqualTo("on");
      assertThat(query(endpoint, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(endpoint, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(endpoint, "show unix_socket_directories")).isEmpty();
      assertThat(query(endpoint, "show server_encoding")).isEqualTo("UTF8");
      assertThat(query(endpoint, "select lower('ÄÉ')")).isEqualTo("äé");
      assertThat(query(endpoint, "show server_version")).startsWith("18.");
      var wrong = new Endpoint(endpoint.host(), endpoint.port(), endpoint.superuser(), "wrong");
      assertThatThrownBy(() -> query(wrong, "select 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
    var secret = dir.resolve("superuser.password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(dir.resolve("initdb.password")).doesNotExist();
  }

  @Test
  void takenPortIsChosenAgain() throws Exception {
    int port;
    try (var postgres = EmbeddedPostgres.start(Options.forTests(dir))) {
      port = postgres.endpoint().port();
    }
    try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        var postgres = EmbeddedPostgres.start(Options.forTests(dir))) {
      assertThat(postgres.endpoint().port()).isNotEqualTo(taken.getLocalPort());
      assertThat(query(postgres.endpoint(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void deadServerIsStartedAgain() throws Exception {
    try (var postgres = EmbeddedPostgres.start(durable())) {
      execute(postgres.endpoint(), "create table kept (id int)", "insert into kept values (42)");
      var before = postgres.pid();
      ProcessHandle.of(before).orElseThrow().destroyForcibly();
      assertThat(queryUntilAnswered(postgres.endpoint(), "select id from kept")).isEqualTo("42");
      assertThat(postgres.pid()).isNotEqualTo(before);
    }
  }

  @Test
  void closeStopsTheServerAndItsSupervision() throws Exception {
    var postgres = EmbeddedPostgres.start(Options.forTests(dir));
    var server = ProcessHandle.of(postgres.pid()).orElseThrow();
    postgres.close();
    postgres.close();
    assertThat(server.isAlive()).isFalse();
    assertThat(Cluster.isFree(postgres.endpoint().port())).isTrue();
  }

  @Test
  void orphanOfAKilledOwnerIsStoppedFirst() throws Exception {
    var owner = spawnOwner();
    long orphan;
    try (var output = owner.inputReader(StandardCharsets.UTF_8)) {
      var line = output.readLine();
      assertThat(line).startsWith("pid ");
      orphan = Long.parseLong(line.substring(4));
    } finally {
      owner.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
    assertThat(runs(orphan)).isTrue();

    try (var postgres = EmbeddedPostgres.start(durable())) {
      assertThat(postgres.pid()).isNotEqualTo(orphan);
      assertThat(runs(orphan)).isFalse();
      assertThat(query(postgres.endpoint(), "select id from kept")).isEqualTo("42");
    }
  }

  @Test
  void pidFileOfAnotherProgramDoesNotHinder() throws Exception {
    EmbeddedPostgres.start(Options.forTests(dir)).close();
    Files.writeString(
        dir.resolve("cluster/postmaster.pid"),
        ProcessHandle.current().pid() + "\n/elsewhere\n0\n5432\n\n127.0.0.1\n\nready\n");
    try (var postgres = EmbeddedPostgres.start(Options.forTests(dir))) {
      assertThat(query(postgres.endpoint(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void rootRunsItBelowAClosedFolderToo() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root hands over to a user");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
    var options = Options.durable(dir.resolve("db"), dir.resolve("cache"));
    try (var postgres = EmbeddedPostgres.start(options)) {
      assertThat(query(postgres.endpoint(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void secondOwnerIsRefused() throws Exception {
    try (var postgres = EmbeddedPostgres.start(Options.forTests(dir))) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(Options.forTests(dir)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another process");
      assertThat(query(postgres.endpoint(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void clusterOfAnotherMajorVersionIsRefused() throws Exception {
    Files.createDirectories(dir.resolve("cluster"));
    Files.writeString(dir.resolve("cluster/PG_VERSION"), "17\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(Options.forTests(dir)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("made by PostgreSQL 17, this is 18");
  }

  /** Test settings lose the last rows when the server is killed, as they may. */
  private Options durable() {
    return durable(dir);
  }

  private static Options durable(Path dir) {
    return Options.durable(dir, Options.forTests(dir).cache());
  }

  private Process spawnOwner() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                dir.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A dead process that nobody waits for keeps its pid, but has no program any more. */
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  /** A process that starts a server and never stops it. */
  static final class Owner {

    private Owner() {}

    public static void main(String[] arguments) throws Exception {
      var postgres = EmbeddedPostgres.start(durable(Path.of(arguments[0])));
      execute(postgres.endpoint(), "create table kept (id int)", "insert into kept values (42)");
      System.out.println("pid " + postgres.pid());
      Thread.currentThread().join();
    }
  }

  private static String queryUntilAnswered(Endpoint endpoint, String sql) throws Exception {
    var deadline = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      try {
        return query(endpoint, sql);
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private static void execute(Endpoint endpoint, String... statements) throws SQLException {
    try (var connection = connect(endpoint);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String query(Endpoint endpoint, String sql) throws SQLException {
    try (var connection = connect(endpoint);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(Endpoint endpoint) throws SQLException {
    return DriverManager.getConnection(endpoint.url(), endpoint.superuser(), endpoint.password());
  }
}
