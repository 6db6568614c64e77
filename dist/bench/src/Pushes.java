import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How long a push takes until its version answers, and what of that is the platform's own. */
final class Pushes {
  private static final long POLL_MILLIS = 3;
  private static final double AIM_MILLIS = 1_000;

  /** What an agent has to do whoever asks it, as the names of steps. */
  private static final List<String> WORK = List.of("clone", "build", "health");

  private final Target target;
  private final Herd herd;
  private final Source source;
  private final Plan plan;

  /** Milliseconds by what they were spent on, for each round. */
  private final Map<String, List<Double>> spent = new LinkedHashMap<>();

  /** How often. */
  record Plan(int rounds) {
    static final Plan FULL = new Plan(50);
    static final Plan SHORT = new Plan(3);
  }

  /** A step with its command: when it was there, given to the agent, ended, and taken note of. */
  private record Step(String kind, Instant began, Instant sent, Instant ended, Instant noted) {
    Duration atAgent() {
      return Duration.between(sent, ended);
    }
  }

  private Pushes(Target target, Herd herd, Source source, Plan plan) {
    this.target = target;
    this.herd = herd;
    this.source = source;
    this.plan = plan;
  }

  static List<String> run(Path home, Path folder, Plan plan) throws Exception {
    try (var herd = Herd.start(folder.resolve("push"))) {
      var data = folder.resolve("push-node");
      try (var target = Target.start(home, data, false, herd.withAgent())) {
        target.login();
        var settings =
            "\"port\":3000,\"start_command\":\"java Main.java\",\"health_check_path\":\"/health\"";
        var source = new Source(target, home, folder.resolve("push-source"), "hello", settings);
        return new Pushes(target, herd, source, plan).run();
      }
    }
  }

  private List<String> run() throws Exception {
    source.commit(1);
    var url = source.push();
    for (var round = 0; round < plan.rounds(); round++) {
      round(URI.create(url), round + 2);
    }
    var lines = new ArrayList<String>();
    spent.forEach((what, millis) -> lines.add(line(what, millis)));
    var overhead = quantile(Objects.requireNonNull(spent.get("the platform's own")), 0.5);
    lines.add(
        String.format(
            Locale.ROOT,
            "%-46s %8.2f of its aim of %.0f ms",
            "median of the platform's own, ratio",
            overhead / AIM_MILLIS,
            AIM_MILLIS));
    return lines;
  }

  private static String line(String what, List<Double> millis) {
    return String.format(
        Locale.ROOT,
        "%-46s median %8.0f ms, p95 %8.0f ms of %d",
        what,
        quantile(millis, 0.5),
        quantile(millis, 0.95),
        millis.size());
  }

  private static double quantile(List<Double> values, double part) {
    var sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(sorted.size() * part) - 1);
  }

  private void round(URI url, int version) throws Exception {
    source.commit(version);
    var commit = source.head();
    var begin = Instant.now();
    var pushed = CompletableFuture.supplyAsync(this::pushed);
    while (!page(url).contains("version " + version + ".")) {
      if (pushed.isCompletedExceptionally()) {
        pushed.join();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    var served = Instant.now();
    note("git push until it ends", Duration.between(begin, pushed.join()));
    explain(begin, served, commit);
  }

  private Instant pushed() {
    try {
      source.push();
      return Instant.now();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String page(URI url) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      var request =
          "GET / HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void note(String what, Duration time) {
    spent.computeIfAbsent(what, key -> new ArrayList<>()).add(time.toNanos() / 1e6);
  }

  /** From the times that the platform has noted, which runs on the same clock. */
  private void explain(Instant begin, Instant served, String commit) throws Exception {
    var times = deployment(commit);
    var steps = steps(commit);
    var total = Duration.between(begin, served);
    var work = Duration.ZERO;
    var atAgent = Duration.ZERO;
    note("push to the new version answering", total);
    note("  git and the platform take the push", Duration.between(begin, times.getFirst()));
    note("  queue", Duration.between(times.getFirst(), times.getLast()));
    for (var step : steps) {
      note("  at the agent: " + step.kind(), step.atAgent());
      atAgent = atAgent.plus(step.atAgent());
      work = WORK.contains(step.kind()) ? work.plus(step.atAgent()) : work;
    }
    var sending = Duration.ZERO;
    var hearing = Duration.ZERO;
    var deciding = Duration.ZERO;
    var before = times.getLast();
    for (var step : steps) {
      deciding = deciding.plus(Duration.between(before, step.began()));
      before = step.noted();
      sending = sending.plus(Duration.between(step.began(), step.sent()));
      hearing = hearing.plus(Duration.between(step.ended(), step.noted()));
    }
    note("  one step noted until the next is ordered", deciding);
    note("  commands on their way to the agent", sending);
    note("  commands ended until that is noted", hearing);
    note("  last step noted until it answered", Duration.between(steps.getLast().noted(), served));
    note("the platform's own", total.minus(work));
  }

  /** When it was asked for, and when it began. */
  private List<Instant> deployment(String commit) throws Exception {
    try (var connection = herd.connect();
        var query =
            connection.prepareStatement(
                "select created_at, started_at from deployments_deployment where commit_sha = ?")) {
      query.setString(1, commit);
      try (var rows = query.executeQuery()) {
        rows.next();
        return List.of(instant(rows.getTimestamp(1)), instant(rows.getTimestamp(2)));
      }
    }
  }

  /** A step may be noted a moment after the route already leads to the new version. */
  private List<Step> steps(String commit) throws Exception {
    var steps = List.<Step>of();
    while (steps.isEmpty() || !steps.getLast().kind().equals("route")) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      steps = noted(commit);
    }
    return steps;
  }

  private List<Step> noted(String commit) throws Exception {
    var steps = new ArrayList<Step>();
    try (var connection = herd.connect();
        var query =
            connection.prepareStatement(
                "select s.kind, s.started_at, c.dispatched_at, c.finished_at, s.finished_at"
                    + " from deployments_step s join deployments_deployment d on d.id = s.run_id"
                    + " join fleet_command c on c.id = s.command_id"
                    + " where d.commit_sha = ? and s.finished_at is not null order by s.position")) {
      query.setString(1, commit);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          steps.add(
              new Step(
                  rows.getString(1),
                  instant(rows.getTimestamp(2)),
                  instant(rows.getTimestamp(3)),
                  instant(rows.getTimestamp(4)),
                  instant(rows.getTimestamp(5))));
        }
      }
    }
    return steps;
  }

  private static Instant instant(Timestamp time) {
    return time.toInstant();
  }
}
