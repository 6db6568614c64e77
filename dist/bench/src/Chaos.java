import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two nodes, many agents, and things that die: agents, nodes and the database. Containers are asked
 * to restart all the while, at whichever node. In the end each of these commands has ended once,
 * and none was executed twice.
 */
final class Chaos {
  private static final int CONTAINERS = 20;
  private static final int WORK_MILLIS = 300;
  private static final int HEARTBEAT_SECONDS = 2;
  private static final int ASKING = 4;
  private static final long SETTLED_SECONDS = 240;

  private final Path home;
  private final Path folder;
  private final Herd herd;
  private final Plan plan;
  private final Random random = new Random();
  private final Node[] nodes = new Node[2];
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Map<Integer, AtomicInteger> refused = new ConcurrentHashMap<>();
  private final Set<String> notFound = ConcurrentHashMap.newKeySet();
  private final Set<String> unforeseen = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> deaths = new TreeMap<>();
  private List<UUID> servers = List.of();
  private volatile boolean over;

  /** How much of it. */
  record Plan(int agents, int seconds, int commands) {
    static final Plan FULL = new Plan(200, 600, 5_000);
    static final Plan SHORT = new Plan(20, 60, 300);
  }

  /** A node through its lives. */
  private final class Node {
    private final Path data;
    private final Target.Ports ports;
    private final Map<String, String> variables;
    private volatile Target target;

    Node(Path data, Map<String, String> variables) throws IOException {
      this.data = data;
      this.variables = variables;
      ports = new Target.Ports(Target.freePort(), Target.freePort());
    }

    void start() throws IOException, InterruptedException {
      var before = target;
      var heartbeat = "-Dslipway.fleet.heartbeat.seconds=" + HEARTBEAT_SECONDS;
      var started = Target.start(home, data, ports, false, variables, heartbeat);
      if (before != null) {
        started.takeLogin(before);
      }
      target = started;
    }
  }

  private Chaos(Path home, Path folder, Herd herd, Plan plan) {
    this.home = home;
    this.folder = folder;
    this.herd = herd;
    this.plan = plan;
  }

  /** Returns the lines to show; throws where anything was lost or doubled. */
  static List<String> run(Path home, Path classes, Path folder, Plan plan) throws Exception {
    try (var herd = Herd.start(folder.resolve("chaos"))) {
      var chaos = new Chaos(home, folder, herd, plan);
      try {
        return chaos.run(classes);
      } finally {
        chaos.stop();
      }
    }
  }

  private void stop() throws InterruptedException {
    over = true;
    for (var node : nodes) {
      if (node != null && node.target != null) {
        node.target.close();
      }
    }
  }

  private List<String> run(Path classes) throws Exception {
    var first = folder.resolve("node-1");
    nodes[0] = new Node(first, herd.variables());
    nodes[0].start();
    nodes[0].target.login();
    var shared = new HashMap<>(herd.variables());
    shared.put("SLIPWAY_MASTER_KEY_FILE", first.resolve("keys/master.key").toString());
    nodes[1] = new Node(folder.resolve("node-2"), shared);
    nodes[1].start();
    nodes[1].target.takeLogin(nodes[0].target);
    servers = herd.enrol(nodes[0].target.tenant(), plan.agents());
    var targets = nodes[0].target.grpc + "," + nodes[1].target.grpc;
    herd.release(home, classes, targets, HEARTBEAT_SECONDS, CONTAINERS, WORK_MILLIS);
    awaitConnected();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < ASKING; i++) {
      threads.add(Thread.ofPlatform().start(this::ask));
    }
    kill();
    over = true;
    for (var thread : threads) {
      thread.join();
    }
    awaitSettled();
    showErrors();
    return judge();
  }

  /** What the nodes call an error: nothing that dies is one. */
  private void showErrors() throws IOException {
    unforeseen.forEach(System.out::println);
    for (var node : nodes) {
      try (var logs = Files.newDirectoryStream(node.data.resolve("logs"), "*.log")) {
        for (var log : logs) {
          try (var lines = Files.lines(log)) {
            lines.filter(line -> line.contains("\"level\":\"ERROR\"")).forEach(System.out::println);
          }
        }
      }
    }
  }

  private void awaitConnected() throws Exception {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (herd.report().connected() < plan.agents()) {
      if (System.nanoTime() > until) {
        throw new IOException("the agents did not connect: " + herd.report());
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private void ask() {
    var pause = TimeUnit.SECONDS.toMillis(plan.seconds()) * ASKING / plan.commands();
    while (!over && asked.size() < plan.commands()) {
      try {
        askOnce();
        TimeUnit.MILLISECONDS.sleep(pause * 3 / 4);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private void askOnce() throws InterruptedException {
    var server = servers.get(random.nextInt(servers.size()));
    var path =
        "/api/servers/"
            + server
            + "/containers/deploy-app-shop-"
            + random.nextInt(CONTAINERS)
            + "/restart";
    try {
      var node = nodes[random.nextInt(nodes.length)].target;
      var answer = node.send("POST", path, "{\"timeout_seconds\":10}");
      if (answer.statusCode() == 202) {
        asked.add(Target.field(answer.body(), "command_id"));
      } else {
        count(answer.statusCode());
        if (answer.statusCode() == 500) {
          unforeseen.add(answer.body());
        } else if (answer.statusCode() == 404) {
          notFound.add(Target.field(answer.body(), "code"));
        }
      }
    } catch (IOException unreachable) {
      count(0);
    }
  }

  private void count(int status) {
    refused.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
  }

  /** Kills something every few seconds, for as long as the plan says. */
  private void kill() throws Exception {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.seconds());
    while (System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1_500));
      var dice = random.nextInt(20);
      if (dice < 1) {
        herd.database().destroyForcibly();
        deaths.merge("database", 1, Integer::sum);
        TimeUnit.SECONDS.sleep(3);
      } else if (dice < 3) {
        var node = nodes[random.nextInt(nodes.length)];
        node.target.kill();
        deaths.merge("node", 1, Integer::sum);
        node.start();
      } else {
        var some = 1 + random.nextInt(Math.max(1, plan.agents() / 20));
        herd.order("kill " + some);
        deaths.merge("agent", some, Integer::sum);
      }
    }
  }

  private void awaitSettled() throws Exception {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLED_SECONDS);
    while (open() > 0) {
      if (System.nanoTime() > until) {
        throw new IOException(open() + " commands did not come to an end");
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private long open() throws SQLException {
    return number(
        "select count(*) from fleet_command where type = 'service_restart'"
            + " and status in ('pending', 'dispatched', 'running')");
  }

  private long number(String query) throws SQLException {
    try (var connection = herd.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private List<String> judge() throws Exception {
    var ends = ends();
    var executions = herd.executions();
    var byStatus = new TreeMap<String, Integer>();
    ends.values().forEach(status -> byStatus.merge(status, 1, Integer::sum));
    var lost = asked.stream().filter(id -> !ends.containsKey(id)).count();
    var twice = executions.values().stream().filter(times -> times > 1).count();
    var invented =
        ends.entrySet().stream()
            .filter(end -> end.getValue().equals("completed"))
            .filter(end -> !executions.containsKey(end.getKey()))
            .count();
    var severalEnds =
        number(
            "select count(*) from (select data ->> 'command_id' from events_event"
                + " where type = 'fleet.command.finished'"
                + " and data ->> 'command_type' = 'service_restart'"
                + " group by 1 having count(*) <> 1) several");
    var told =
        number(
            "select count(distinct data ->> 'command_id') from events_event"
                + " where type = 'fleet.command.finished'"
                + " and data ->> 'command_type' = 'service_restart'");
    var lines =
        List.of(
            line(
                "commands asked and promised",
                asked.size() + ", refused by status " + refused + ", 404 for " + notFound),
            line("killed", deaths.toString()),
            line("ends", byStatus + " of " + ends.size()),
            line("executed at agents", executions.size() + " commands"),
            line("promised but not there", Long.toString(lost)),
            line("executed twice", Long.toString(twice)),
            line("completed without having been executed", Long.toString(invented)),
            line("ended other than once", Long.toString(severalEnds + ends.size() - told)),
            line("answers with 500", Integer.toString(unforeseen.size())));
    var wrong = lost + twice + invented + severalEnds + ends.size() - told + unforeseen.size();
    if (wrong > 0) {
      lines.forEach(System.out::println);
      throw new IOException("commands were lost or doubled, or a node failed in a way of its own");
    }
    return lines;
  }

  private static String line(String what, String value) {
    return String.format("%-46s %s", what, value);
  }

  private Map<String, String> ends() throws SQLException {
    var ends = new HashMap<String, String>();
    try (var connection = herd.connect();
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select id, status from fleet_command where type = 'service_restart'")) {
      while (result.next()) {
        ends.put(result.getString(1), result.getString(2));
      }
    }
    return ends;
  }
}
