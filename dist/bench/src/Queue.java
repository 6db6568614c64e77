import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Many deployments asked for at once, several of each app: whether they come in their order, how
 * evenly they wait, and what the platform takes for one.
 */
final class Queue {
  private static final int CONTAINERS = 5;
  private static final int HEARTBEAT_SECONDS = 10;
  private static final int WORK_MILLIS = 200;

  /** Clone, detect, build, deploy, health, route. */
  private static final int STEPS = 6;

  private static final int REST_SECONDS = 15;
  private static final long LIMIT_SECONDS = 600;

  private final Target target;
  private final Herd herd;
  private final Statements statements;
  private final Plan plan;
  private final List<String> lines = new ArrayList<>();

  /** How much of it. */
  record Plan(int agents, int apps, int each) {
    static final Plan FULL = new Plan(20, 50, 4);
    static final Plan SHORT = new Plan(5, 10, 4);

    int deployments() {
      return apps * each;
    }
  }

  /** What was used so far. */
  private record Moment(long nanos, double node, double database, long statements) {}

  /** A deployment that is over. */
  private record Ended(Instant asked, Instant began, Instant ended) {
    double waited() {
      return Duration.between(asked, began).toNanos() / 1e9;
    }
  }

  private Queue(Target target, Herd herd, Statements statements, Plan plan) {
    this.target = target;
    this.herd = herd;
    this.statements = statements;
    this.plan = plan;
  }

  static List<String> run(Path home, Path classes, Path folder, Plan plan) throws Exception {
    try (var herd = Herd.start(folder.resolve("queue"));
        var target = Target.start(home, folder.resolve("queue-node"), false, herd.variables());
        var connection = herd.connect()) {
      target.login();
      var servers = herd.enrol(target.tenant(), plan.agents());
      herd.release(home, classes, target.grpc, HEARTBEAT_SECONDS, CONTAINERS, WORK_MILLIS);
      var queue = new Queue(target, herd, Statements.over(connection), plan);
      queue.awaitConnected();
      return queue.run(servers);
    }
  }

  private void awaitConnected() throws Exception {
    var until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (herd.report().connected() < plan.agents() || online() < plan.agents()) {
      if (System.nanoTime() > until) {
        throw new IOException("the agents did not connect: " + herd.report());
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private long online() throws Exception {
    return number("select count(*) from fleet_server where status = 'online'");
  }

  private long number(String query) throws Exception {
    try (var connection = herd.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private List<String> run(List<UUID> servers) throws Exception {
    var apps = new ArrayList<String>();
    for (var i = 0; i < plan.apps(); i++) {
      var body =
          "{\"name\":\"app-%d\",\"source_type\":\"git\",\"server_id\":\"%s\",\"repository_url\":\"https://git.example.com/app-%d.git\"}"
              .formatted(i, servers.get(i % servers.size()), i);
      apps.add(Target.field(target.call("POST", "/api/apps", body), "id"));
    }
    statements.reset();
    var rest = moment();
    TimeUnit.SECONDS.sleep(REST_SECONDS);
    var begin = moment();
    for (var turn = 0; turn < plan.each(); turn++) {
      for (var app : apps) {
        target.call("POST", "/api/apps/" + app + "/deployments", "{}");
      }
    }
    var asked = moment();
    awaitEnd();
    var end = moment();
    statements.show(plan.deployments());
    judge();
    costs(rest, begin, asked, end);
    return lines;
  }

  private Moment moment() throws Exception {
    return new Moment(
        System.nanoTime(),
        Cpu.seconds(target.process()),
        Cpu.seconds(herd.database()),
        statements.countAll());
  }

  private void awaitEnd() throws Exception {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (number("select count(*) from deployments_deployment where finished_at is null") > 0) {
      if (System.nanoTime() > until) {
        throw new IOException("the deployments did not come to an end");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void judge() throws Exception {
    var byApp = ended();
    var outOfOrder = 0;
    var last = new ArrayList<Double>();
    for (var app : byApp.values()) {
      for (var i = 1; i < app.size(); i++) {
        outOfOrder += app.get(i).began().isBefore(app.get(i - 1).ended()) ? 1 : 0;
      }
      last.add(Duration.between(app.getFirst().asked(), app.getLast().ended()).toNanos() / 1e9);
    }
    var failed = plan.deployments() - byApp.values().stream().mapToInt(List::size).sum();
    line("began before the one before was over", "%8d of %d", outOfOrder, plan.deployments());
    line("did not go live", "%8d", failed);
    for (var place = 0; place < plan.each(); place++) {
      var at = place;
      var waited = byApp.values().stream().map(app -> app.get(at).waited()).sorted().toList();
      spread("wait of an app's number " + (place + 1), waited);
    }
    spread("until an app's last was live", last.stream().sorted().toList());
    if (outOfOrder + failed > 0) {
      lines.forEach(System.out::println);
      throw new IOException("deployments failed or came out of order");
    }
  }

  /** Those that went live, by app, in the order in which they were asked for. */
  private Map<String, List<Ended>> ended() throws Exception {
    var byApp = new LinkedHashMap<String, List<Ended>>();
    try (var connection = herd.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select app_id, created_at, started_at, finished_at from deployments_deployment"
                    + " where live_at is not null order by id")) {
      while (rows.next()) {
        var ended =
            new Ended(
                rows.getTimestamp(2).toInstant(),
                rows.getTimestamp(3).toInstant(),
                rows.getTimestamp(4).toInstant());
        byApp.computeIfAbsent(rows.getString(1), app -> new ArrayList<>()).add(ended);
      }
    }
    return byApp;
  }

  private void spread(String what, List<Double> sorted) {
    var median = sorted.get(sorted.size() / 2);
    line(
        what,
        "%8.2f s, least %.2f, most %.2f, ratio of most to median %.2f",
        median,
        sorted.getFirst(),
        sorted.getLast(),
        sorted.getLast() / Math.max(median, 0.01));
  }

  /** What the agents' heartbeats and the platform's routine take anyway is taken off. */
  private void costs(Moment rest, Moment begin, Moment asked, Moment end) {
    var seconds = seconds(begin, end);
    var share = seconds / seconds(rest, begin);
    line(
        "until the last was live, of " + plan.deployments(),
        "%8.1f s, of which %.1f s were taken to ask for them",
        seconds,
        seconds(begin, asked));
    var node = end.node() - begin.node() - share * (begin.node() - rest.node());
    var database = end.database() - begin.database() - share * (begin.database() - rest.database());
    line(
        "processor time of one deployment",
        "%8.0f ms: platform %.0f, database %.0f",
        1_000 * (node + database) / plan.deployments(),
        1_000 * node / plan.deployments(),
        1_000 * database / plan.deployments());
    var routine = share * (begin.statements() - rest.statements());
    line(
        "statements of one deployment",
        "%8.0f",
        (end.statements() - begin.statements() - routine) / plan.deployments());
    var work = plan.each() * STEPS * WORK_MILLIS / 2_000.0;
    line("until the last, to what an agent takes for an app", "ratio %.1f", seconds / work);
  }

  private static double seconds(Moment from, Moment to) {
    return (to.nanos() - from.nanos()) / 1e9;
  }

  private void line(String what, String format, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "%-46s ", what) + String.format(Locale.ROOT, format, values));
    System.out.println(lines.getLast());
  }
}
