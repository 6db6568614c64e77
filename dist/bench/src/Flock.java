import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** What many agents cost one node, how fast it is meanwhile, and how their logs get in. */
final class Flock {
  private static final int CONTAINERS = 20;
  private static final int HEARTBEAT_SECONDS = 10;
  private static final int PINGING = 4;
  private static final int PINGS_PAUSE_MILLIS = 100;
  private static final int PUSHING = 100;

  private final Path home;
  private final Path classes;
  private final Path folder;
  private final Herd herd;
  private final Plan plan;
  private final Random random = new Random();
  private final List<String> lines = new ArrayList<>();
  private Target target;
  private List<UUID> servers = List.of();

  /** How much of it; seconds. */
  record Plan(int agents, int settle, int measured, int pushed) {
    static final Plan FULL = new Plan(5_000, 60, 120, 30);
    static final Plan SHORT = new Plan(500, 15, 20, 10);
  }

  private record Moment(
      long nanos, double node, double database, double agents, long[] counts, long heartbeats) {}

  private Flock(Path home, Path classes, Path folder, Herd herd, Plan plan) {
    this.home = home;
    this.classes = classes;
    this.folder = folder;
    this.herd = herd;
    this.plan = plan;
  }

  static List<String> run(Path home, Path classes, Path folder, Plan plan) throws Exception {
    try (var herd = Herd.start(folder.resolve("flock"))) {
      var flock = new Flock(home, classes, folder, herd, plan);
      try {
        flock.run();
      } finally {
        if (flock.target != null) {
          flock.target.close();
        }
      }
      return flock.lines;
    }
  }

  private void run() throws Exception {
    var ports = new Target.Ports(Target.freePort(), Target.freePort());
    start(ports);
    target.login();
    servers = herd.enrol(target.tenant(), plan.agents());
    var empty = target.heap();
    herd.release(home, classes, target.grpc, HEARTBEAT_SECONDS, CONTAINERS, 1);
    var connected = awaitConnected();
    line(
        "%d agents connected after %.0f s (they begin within %d s)",
        plan.agents(), connected, HEARTBEAT_SECONDS);
    TimeUnit.SECONDS.sleep(plan.settle());
    measure();
    line("heap per agent: %.1f KiB", (target.heap() - empty) / 1024.0 / plan.agents());
    logs();
    restart(ports);
  }

  private void start(Target.Ports ports) throws IOException, InterruptedException {
    target =
        Target.start(
            home,
            folder.resolve("flock-node"),
            ports,
            false,
            herd.variables(),
            "-Dslipway.fleet.heartbeat.seconds=" + HEARTBEAT_SECONDS);
  }

  private void line(String format, Object... values) {
    var text = String.format(Locale.ROOT, format, values);
    System.out.println(text);
    lines.add(text);
  }

  private double awaitConnected() throws Exception {
    var begin = System.nanoTime();
    while (herd.report().connected() < plan.agents()) {
      if (System.nanoTime() - begin > TimeUnit.MINUTES.toNanos(5)) {
        throw new IOException("the agents did not connect: " + herd.report());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private Moment moment() throws Exception {
    try (var connection = herd.connect();
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select d.xact_commit, d.tup_inserted + d.tup_updated + d.tup_deleted, w.wal_bytes"
                    + " from pg_stat_database d, pg_stat_wal w where d.datname = 'postgres'")) {
      result.next();
      return new Moment(
          System.nanoTime(),
          Cpu.seconds(target.process()),
          Cpu.seconds(herd.database()),
          Cpu.seconds(herd.agents()),
          new long[] {result.getLong(1), result.getLong(2), result.getLong(3)},
          herd.report().heartbeats());
    }
  }

  private void measure() throws Exception {
    var waited = new ConcurrentLinkedQueue<Double>();
    var failed = new ConcurrentLinkedQueue<String>();
    try (var connection = herd.connect()) {
      execute(connection, "create extension if not exists pg_stat_statements");
      execute(connection, "select pg_stat_statements_reset()");
    }
    var begin = moment();
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.measured());
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < PINGING; i++) {
      threads.add(Thread.ofPlatform().start(() -> ping(until, waited, failed)));
    }
    for (var thread : threads) {
      thread.join();
    }
    var end = moment();
    var seconds = (end.nanos() - begin.nanos()) / 1e9;
    line(
        "%.0f heartbeats/s of %d containers: node %.2f cores, database %.2f cores, agents %.2f cores",
        (end.heartbeats() - begin.heartbeats()) / seconds,
        CONTAINERS,
        (end.node() - begin.node()) / seconds,
        (end.database() - begin.database()) / seconds,
        (end.agents() - begin.agents()) / seconds);
    line(
        "database: %.0f transactions/s, %.0f rows written/s, %.1f MB WAL/s",
        (end.counts()[0] - begin.counts()[0]) / seconds,
        (end.counts()[1] - begin.counts()[1]) / seconds,
        (end.counts()[2] - begin.counts()[2]) / seconds / 1e6);
    line(
        "ping command meanwhile, as its client waits: p50 %.1f ms, p99 %.1f ms of %d, %d failed",
        quantile(waited, 0.5), quantile(waited, 0.99), waited.size(), failed.size());
    failed.stream().findFirst().ifPresent(System.out::println);
    statements(seconds);
  }

  /** What the database was busy with; not part of the table. */
  private void statements(double seconds) throws SQLException {
    try (var connection = herd.connect();
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select calls, total_exec_time, wal_bytes,"
                    + " left(regexp_replace(query, '\\s+', ' ', 'g'), 150)"
                    + " from pg_stat_statements order by total_exec_time desc limit 25")) {
      while (result.next()) {
        System.out.printf(
            Locale.ROOT,
            "%8.1f calls/s %8.2f ms/s %8.1f kB WAL/s  %s%n",
            result.getLong(1) / seconds,
            result.getDouble(2) / seconds,
            result.getLong(3) / seconds / 1e3,
            result.getString(4));
      }
    }
  }

  private void ping(
      long until, ConcurrentLinkedQueue<Double> waited, ConcurrentLinkedQueue<String> failed) {
    try {
      while (System.nanoTime() < until) {
        var path = "/api/servers/" + servers.get(random.nextInt(servers.size())) + "/agent/ping";
        var begin = System.nanoTime();
        var answer = target.send("POST", path, "");
        if (answer.statusCode() == 200) {
          waited.add((System.nanoTime() - begin) / 1e6);
        } else {
          failed.add(answer.body());
        }
        TimeUnit.MILLISECONDS.sleep(PINGS_PAUSE_MILLIS);
      }
    } catch (IOException | InterruptedException broken) {
      failed.add(broken.toString());
    }
  }

  private static double quantile(ConcurrentLinkedQueue<Double> values, double part) {
    var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1) * part)];
  }

  /** The agents' heartbeats go on meanwhile; what these cost is measured first and taken off. */
  private void logs() throws Exception {
    var calm = moment();
    TimeUnit.SECONDS.sleep(plan.pushed());
    var begin = moment();
    var before = count("logs_line");
    herd.order("push " + plan.pushed() + " " + PUSHING);
    TimeUnit.SECONDS.sleep(plan.pushed());
    var seen = before;
    do {
      seen = count("logs_line");
      TimeUnit.SECONDS.sleep(1);
    } while (count("logs_line") > seen);
    var end = moment();
    var seconds = (end.nanos() - begin.nanos()) / 1e9;
    var share = seconds / ((begin.nanos() - calm.nanos()) / 1e9);
    var node = end.node() - begin.node() - (begin.node() - calm.node()) * share;
    var database = end.database() - begin.database() - (begin.database() - calm.database()) * share;
    var written = count("logs_line") - before;
    var perCore = written / (node + database);
    line(
        "log lines: %d in %.0f s, %.0f/s; %.0f/s per core (node %.1f s, database %.1f s)",
        written, seconds, written / seconds, perCore, node, database);
    compare(perCore);
  }

  /** The same rows by bare COPY into a table of the same shape. */
  private void compare(double perCore) throws Exception {
    var rows = folder.resolve("rows");
    var columns =
        "tenant_id, observed_at, stream, level, phase, message, app_id, deployment_id, server_id,"
            + " container, attributes";
    try (var connection = herd.connect()) {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      try (var out = Files.newOutputStream(rows)) {
        copy.copyOut("copy (select " + columns + " from logs_line) to stdout", out);
      }
      execute(connection, "create table bare (like logs_line including all)");
      var before = Cpu.seconds(herd.database());
      var begin = System.nanoTime();
      long copied;
      try (var in = Files.newInputStream(rows)) {
        copied = copy.copyIn("copy bare (" + columns + ") from stdin", in);
      }
      var elapsed = (System.nanoTime() - begin) / 1e9;
      var used = Cpu.seconds(herd.database()) - before;
      var bare = copied / Math.max(used, 0.01);
      line(
          "bare COPY of the same rows: %.0f/s, %.0f/s per core; ratio %.2f",
          copied / elapsed, bare, perCore / bare);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long count(String table) throws SQLException {
    try (var connection = herd.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery("select count(*) from " + table)) {
      result.next();
      return result.getLong(1);
    }
  }

  private void restart(Target.Ports ports) throws Exception {
    target.close();
    var begin = System.nanoTime();
    start(ports);
    var ready = (System.nanoTime() - begin) / 1e9;
    var before = Cpu.seconds(target.process());
    var failedBefore = herd.report().failedHeartbeats();
    var connected = awaitConnected();
    line(
        "restart: ready after %.1f s, all agents connected %.1f s later; node used %.1f s of"
            + " processor, %d heartbeats failed",
        ready,
        connected,
        Cpu.seconds(target.process()) - before,
        herd.report().failedHeartbeats() - failedBefore);
  }
}
