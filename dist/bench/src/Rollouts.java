import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Version after version takes its turn while clients ask: none of them may notice. */
final class Rollouts {
  private static final int CONNECTIONS = 8;

  /** How many. */
  record Plan(int deployments) {
    static final Plan FULL = new Plan(50);
    static final Plan SHORT = new Plan(3);
  }

  private Rollouts() {}

  static List<String> run(Path home, Path classes, Path folder, Plan plan) throws Exception {
    try (var herd = Herd.start(folder.resolve("rollouts"))) {
      var data = folder.resolve("rollouts-node");
      var quick = "-Dslipway.fleet.heartbeat.seconds=1";
      try (var target = Target.start(home, data, false, herd.withAgent(), quick)) {
        target.login();
        var settings =
            "\"port\":3000,\"start_command\":\"java Main.java\",\"health_check_path\":\"/health\"";
        var source = new Source(target, home, folder.resolve("rolled"), "rolled", settings);
        source.commit(1);
        var url = source.push();
        var policy = "{\"strategy\":\"rolling\",\"bake_seconds\":0}";
        target.call("POST", "/api/apps/" + source.app + "/rollout-policy", policy);
        return roll(new Clients(classes, CONNECTIONS), source, url, plan);
      }
    }
  }

  private static List<String> roll(Clients clients, Source source, String url, Plan plan)
      throws Exception {
    var load = clients.begin("get", url + "/");
    var begin = System.nanoTime();
    for (var version = 2; version <= plan.deployments() + 1; version++) {
      source.commit(version);
      source.push();
      System.out.println("version " + version + " is live");
    }
    var seconds = (System.nanoTime() - begin) / 1e9;
    var seen = Clients.end(load);
    if (seen.failed() > 0) {
      throw new IOException("requests failed meanwhile: " + seen);
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%-46s %8d of %.0f, in %d rolling deployments",
            "failed requests at the edge",
            seen.failed(),
            seen.rate() * seconds,
            plan.deployments()),
        String.format(
            Locale.ROOT,
            "%-46s %8.1f ms, p99 %.1f ms",
            "p50 at the edge meanwhile",
            seen.p50() / 1000.0,
            seen.p99() / 1000.0),
        String.format(
            Locale.ROOT,
            "%-46s %8.1f s",
            "one rolling deployment under load",
            seconds / plan.deployments()));
  }
}
