import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Measures the distribution; see README.md. */
public final class Bench {
  private static final int CONNECTIONS = 16;
  private static final int STARTS = 3;
  private static final int CYCLES = 100;

  /** By how much a warm-up must be faster than the one before, for another to follow. */
  static final double RISE = 1.05;

  /** Cycles between two logins. */
  private static final int PER_LOAD = 20;

  private static final String SWAPPED = "dev.slipway.deployments";
  private static final String STRIPE_SECRET = "whsec_of-the-benchmark";

  private final Length length;
  private final Path home;
  private final Path classes;
  private final Path folder;
  private final List<String> table = new ArrayList<>();

  /** What is asked, and how: see {@link Requests#of}. */
  private record Case(String kind, String url, String... more) {}

  /** How long each number is measured; seconds. */
  private record Length(int rounds, int round, int warmUp, int warmUps, int cycles) {
    static final Length FULL = new Length(5, 4, 8, 6, 1_000);

    /** Only to see that everything works. */
    static final Length SHORT = new Length(1, 1, 1, 1, 100);
  }

  private Bench(Length length, Path home, Path classes, Path folder) {
    this.length = length;
    this.home = home;
    this.classes = classes;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory("slipway-bench-");
    run("chmod", "755", folder.toString());
    var wanted = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
    var length = wanted.remove("--short") ? Length.SHORT : Length.FULL;
    var home = Path.of(arguments[0]).toRealPath();
    var bench = new Bench(length, home, Path.of(arguments[1]), folder);
    try {
      if (wanted.isEmpty() || wanted.contains("starts")) {
        bench.starts();
      }
      if (wanted.isEmpty() || wanted.contains("reads")) {
        bench.reads();
      }
      if (wanted.isEmpty() || wanted.contains("crowd")) {
        bench.crowd();
      }
      if (wanted.isEmpty() || wanted.contains("swap")) {
        bench.swap();
      }
      if (wanted.isEmpty() || wanted.contains("scripts")) {
        bench.scripts();
      }
      // Only where they are asked for: these take the machine for a while.
      if (wanted.contains("chaos")) {
        var plan = length == Length.SHORT ? Chaos.Plan.SHORT : Chaos.Plan.FULL;
        bench.table.addAll(Chaos.run(home, bench.classes, folder, plan));
      }
      if (wanted.contains("fleet")) {
        var plan = length == Length.SHORT ? Flock.Plan.SHORT : Flock.Plan.FULL;
        bench.table.addAll(Flock.run(home, bench.classes, folder, plan));
      }
      if (wanted.contains("cycles")) {
        bench.cycles();
      }
      bench.deployments(wanted);
    } finally {
      run("rm", "-rf", folder.toString());
    }
    System.out.println();
    bench.table.forEach(System.out::println);
    System.out.println("load average at the end: " + Files.readString(Path.of("/proc/loadavg")));
  }

  /** Of apps and their deployments; each only where it is asked for. */
  private void deployments(List<String> wanted) throws Exception {
    var brief = length == Length.SHORT;
    if (wanted.contains("push")) {
      table.addAll(Pushes.run(home, folder, brief ? Pushes.Plan.SHORT : Pushes.Plan.FULL));
    }
    if (wanted.contains("queue")) {
      table.addAll(Queue.run(home, classes, folder, brief ? Queue.Plan.SHORT : Queue.Plan.FULL));
    }
    if (wanted.contains("lists")) {
      table.addAll(Lists.run(home, folder, brief ? Lists.Plan.SHORT : Lists.Plan.FULL));
    }
    if (wanted.contains("followers")) {
      table.addAll(Followers.run(home, folder, brief ? Followers.Plan.SHORT : Followers.Plan.FULL));
    }
    if (wanted.contains("rollouts")) {
      var plan = brief ? Rollouts.Plan.SHORT : Rollouts.Plan.FULL;
      table.addAll(Rollouts.run(home, classes, folder, plan));
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status);
    }
  }

  private void row(String format, Object... values) {
    var line = String.format(Locale.ROOT, format, values);
    table.add(line);
    System.out.println(line);
  }

  private void starts() throws Exception {
    var data = folder.resolve("starts");
    row("%-46s %8.2f s", "cold start to first 200, without AOT cache", start(data, false));
    row("%-46s %8.2f s", "warm start to first 200, without AOT cache", warm(data, false));
    var cache = data.resolve("cache/aot");
    try (var target = Target.start(home, data, true)) {
      System.out.println("making the AOT cache ...");
      while (!Files.exists(cache.resolve("current"))) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    row("%-46s %8.2f s", "warm start to first 200, with AOT cache", warm(data, true));
    // An empty folder that has the cache: what an image of an operator's own may bring along.
    var brought = Files.createDirectories(folder.resolve("brought/cache"));
    run("cp", "-a", cache.toString(), brought.toString());
    run("cp", data.resolve("version").toString(), folder.resolve("brought").toString());
    var cold = start(folder.resolve("brought"), true);
    row("%-46s %8.2f s", "cold start to first 200, with AOT cache", cold);
    try (var target = Target.start(home, data, true)) {
      TimeUnit.SECONDS.sleep(30);
      row("%-46s %8.0f MB", "resident memory of the JVM after 30 s at rest", target.resident());
    }
  }

  private double start(Path data, boolean cache) throws Exception {
    try (var target = Target.start(home, data, cache)) {
      target.awaitOwner();
      return target.seconds();
    }
  }

  private double warm(Path data, boolean cache) throws Exception {
    var seen = new ArrayList<Double>();
    for (var i = 0; i < STARTS; i++) {
      seen.add(start(data, cache));
    }
    return median(seen);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void reads() throws Exception {
    var extended = extendedHome();
    var port = Target.freePort();
    var option = "-Dslipway.bench.floor=" + port;
    try (var target = Target.start(extended, folder.resolve("reads"), false, option)) {
      target.login();
      var id = "";
      for (var i = 0; i < 25; i++) {
        var app = "{\"name\":\"app-" + i + "\",\"source_type\":\"git\"}";
        id = Target.field(target.call("POST", "/api/apps", app), "id");
      }
      var floor = "http://127.0.0.1:" + port + "/";
      var cases = new LinkedHashMap<String, Case>();
      cases.put("authenticated read, one row", get(target, target.url + "/api/apps/" + id));
      cases.put("one row, floor", get(target, floor + id));
      cases.put("authenticated read, list of 20", get(target, target.url + "/api/apps?limit=20"));
      cases.put("list of 20, floor", get(target, floor));
      var rates = measure(cases);
      compare(rates, "authenticated read, one row", "one row, floor");
      compare(rates, "authenticated read, list of 20", "list of 20, floor");
    }
  }

  /** A copy of the distribution with the floor in it. */
  private Path extendedHome() throws Exception {
    var extended = folder.resolve("home");
    if (!Files.exists(extended)) {
      run("cp", "-a", home.toString(), extended.toString());
      bundle(extended.resolve("bundles/bench.floor-1.jar"), "Floor");
    }
    return extended;
  }

  private static Case get(Target target, String url) {
    return new Case("get", url, target.headerLines());
  }

  /** Sign-in, small reads, Stripe's events and the operators' lists, with 50,000 users there. */
  private void crowd() throws Exception {
    var extended = extendedHome();
    var port = Target.freePort();
    var floor = "http://127.0.0.1:" + port + "/";
    try (var crowd = Crowd.start(folder.resolve("crowd"));
        var target =
            Target.start(
                extended,
                folder.resolve("crowd-data"),
                false,
                crowd.variables(STRIPE_SECRET),
                "-Dslipway.bench.floor=" + port)) {
      target.login();
      crowd.load(target);
      // Before the load, whose events are worked on for a while.
      for (var line : crowd.lists(target)) {
        row("%s", line);
      }
      var cases = new LinkedHashMap<String, Case>();
      cases.put("sign-in", new Case("login", target.url + "/api/auth/login", Target.PASSWORD));
      cases.put("one password, floor", get(target, floor + "hash"));
      cases.put("GET /api/auth/me", get(target, target.url + "/api/auth/me"));
      cases.put("me, floor", get(target, floor + "me/" + target.user()));
      cases.put("GET /api/plans", get(target, target.url + "/api/plans"));
      cases.put("plans, floor", get(target, floor + "plans/" + target.tenant()));
      cases.put(
          "Stripe's events taken in, signed and kept",
          new Case("stripe", target.url + "/api/billing/webhook", STRIPE_SECRET));
      var rates = measure(cases);
      compare(rates, "sign-in", "one password, floor");
      compare(rates, "GET /api/auth/me", "me, floor");
      compare(rates, "GET /api/plans", "plans, floor");
      var events = "Stripe's events taken in, signed and kept";
      row("%-46s %8.0f events/s", events, median(rates.get(events)));
    }
  }

  private Map<String, List<Double>> measure(Map<String, Case> cases) throws Exception {
    var rates = new LinkedHashMap<String, List<Double>>();
    for (var entry : cases.entrySet()) {
      warmUp(entry.getKey(), entry.getValue());
    }
    for (var round = 0; round < length.rounds(); round++) {
      for (var entry : cases.entrySet()) {
        var seen = load(entry.getValue(), length.round());
        if (seen.failed() > 0) {
          throw new IOException(entry.getKey() + ": " + seen);
        }
        System.out.println("round " + round + ", " + entry.getKey() + ": " + seen);
        rates.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(seen.rate());
      }
    }
    return rates;
  }

  /** Until it no longer gets faster by a twentieth: the compiler takes its time on two cores. */
  private void warmUp(String what, Case asked) throws Exception {
    var before = 0.0;
    for (var turn = 0; turn < length.warmUps(); turn++) {
      var seen = load(asked, length.warmUp());
      System.out.println("warm-up, " + what + ": " + seen);
      if (seen.rate() < before * RISE) {
        return;
      }
      before = seen.rate();
    }
  }

  private void compare(Map<String, List<Double>> rates, String what, String with) {
    var ours = median(rates.get(what));
    var floor = median(rates.get(with));
    row("%-46s %8.0f requests/s, floor %.0f, ratio %.2f", what, ours, floor, ours / floor);
  }

  private void bundle(Path jar, String activator) throws IOException {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "bench." + activator.toLowerCase(Locale.ROOT));
    attributes.putValue("Bundle-Activator", activator);
    attributes.putValue("DynamicImport-Package", "*");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      try (var files = Files.newDirectoryStream(classes, activator + "*.class")) {
        for (var file : files) {
          out.putNextEntry(new JarEntry(file.getFileName().toString()));
          out.write(Files.readAllBytes(file));
        }
      }
    }
  }

  private Clients.Seen load(Case each, int seconds) throws Exception {
    var load = begin(each);
    TimeUnit.SECONDS.sleep(seconds);
    return Clients.end(load);
  }

  private Process begin(Case each) throws IOException {
    return new Clients(classes, CONNECTIONS).begin(each.kind(), each.url(), each.more());
  }

  private void swap() throws Exception {
    try (var target = Target.start(home, folder.resolve("swap"), false)) {
      target.login();
      var app = target.call("POST", "/api/apps", "{\"name\":\"swap\",\"source_type\":\"git\"}");
      var read = get(target, target.url + "/api/apps/" + Target.field(app, "id"));
      cycle(target);
      load(read, length.warmUp());
      var calm = load(read, 3 * length.round());
      var load = begin(read);
      var begin = System.nanoTime();
      for (var i = 0; i < CYCLES; i++) {
        cycle(target);
      }
      var millis = (System.nanoTime() - begin) / 1e6 / CYCLES;
      var seen = Clients.end(load);
      row("%-46s %8d of %d cycles' requests", "failed requests elsewhere", seen.failed(), CYCLES);
      row(
          "%-46s %8.1f ms, undisturbed %.1f ms, ratio %.2f",
          "p99 elsewhere during swaps",
          seen.p99() / 1000.0,
          calm.p99() / 1000.0,
          (double) seen.p99() / calm.p99());
      row("%-46s %8.0f ms", "one swap (off and on) under load", millis);
    }
  }

  private void scripts() throws Exception {
    var bench = new ScriptBench(home, classes, folder, length.round(), line -> row("%s", line));
    bench.starts();
    var extended = extendedHome();
    bundle(extended.resolve("bundles/bench.invoker-1.jar"), "Invoker");
    var ports = List.of(Target.freePort(), Target.freePort());
    var options = "-Dslipway.bench.floor=%d -Dslipway.bench.invoker=%d";
    try (var target =
        Target.start(
            extended,
            folder.resolve("scripts"),
            false,
            options.formatted(ports.get(0), ports.get(1)))) {
      target.login();
      bench.runs(target, ports.get(1), length.warmUp(), 2 * length.warmUps());
    }
  }

  /** A token lives for a quarter of an hour, so the load begins anew now and then. */
  private void cycles() throws Exception {
    try (var target = Target.start(home, folder.resolve("cycles"), false)) {
      target.login();
      var app = target.call("POST", "/api/apps", "{\"name\":\"cycles\",\"source_type\":\"git\"}");
      var path = target.url + "/api/apps/" + Target.field(app, "id");
      var cycles = new Cycles(target, home, folder);
      turn(target, cycles, path, PER_LOAD);
      var before = cycles.held();
      row("%-46s %s", "held before", before);
      var failed = 0;
      var p99 = 0;
      var begin = System.nanoTime();
      for (var done = 0; done < length.cycles(); done += PER_LOAD) {
        target.refresh();
        var seen = turn(target, cycles, path, PER_LOAD);
        failed += seen.failed();
        p99 = Math.max(p99, seen.p99());
        System.out.println((done + PER_LOAD) + " cycles: " + seen + ", " + cycles.held());
      }
      var millis = (System.nanoTime() - begin) / 1e6 / length.cycles();
      row("%-46s %s", "held after " + length.cycles() + " cycles", cycles.held());
      row("%-46s %8d, worst p99 %.1f ms", "failed requests elsewhere", failed, p99 / 1000.0);
      row("%-46s %8.0f ms", "one cycle under load", millis);
      var dump = System.getProperty("bench.dump", "");
      if (!dump.isEmpty()) {
        cycles.dump(Path.of(dump));
      }
    }
  }

  private Clients.Seen turn(Target target, Cycles cycles, String path, int count) throws Exception {
    var load = begin(get(target, path));
    for (var i = 0; i < count; i++) {
      cycles.one();
    }
    return Clients.end(load);
  }

  private static void cycle(Target target) throws IOException, InterruptedException {
    target.call("POST", "/api/admin/plugins/" + SWAPPED + "/disable", "");
    target.call("POST", "/api/admin/plugins/" + SWAPPED + "/enable", "");
  }
}
