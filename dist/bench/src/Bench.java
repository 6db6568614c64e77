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
  private static final int ROUNDS = 5;
  private static final int ROUND_SECONDS = 4;
  private static final int WARM_UP_SECONDS = 8;
  private static final int STARTS = 3;
  private static final int CYCLES = 100;
  private static final String SWAPPED = "dev.slipway.deployments";

  private final Path home;
  private final Path classes;
  private final Path folder;
  private final List<String> table = new ArrayList<>();

  /** What the other process saw. */
  private record Seen(double rate, int failed, int p50, int p99) {}

  private Bench(Path home, Path classes, Path folder) {
    this.home = home;
    this.classes = classes;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory("slipway-bench-");
    run("chmod", "755", folder.toString());
    var bench = new Bench(Path.of(arguments[0]).toRealPath(), Path.of(arguments[1]), folder);
    var wanted = List.of(arguments).subList(2, arguments.length);
    try {
      if (wanted.isEmpty() || wanted.contains("starts")) {
        bench.starts();
      }
      if (wanted.isEmpty() || wanted.contains("reads")) {
        bench.reads();
      }
      if (wanted.isEmpty() || wanted.contains("swap")) {
        bench.swap();
      }
    } finally {
      run("rm", "-rf", folder.toString());
    }
    System.out.println();
    bench.table.forEach(System.out::println);
    System.out.println("load average at the end: " + Files.readString(Path.of("/proc/loadavg")));
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
    var extended = folder.resolve("home");
    run("cp", "-a", home.toString(), extended.toString());
    bundle(extended.resolve("bundles/bench.floor-1.jar"));
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
      var urls = new LinkedHashMap<String, String>();
      urls.put("one row", target.url + "/api/apps/" + id);
      urls.put("one row, floor", floor + id);
      urls.put("list of 20", target.url + "/api/apps?limit=20");
      urls.put("list of 20, floor", floor);
      compare(measure(target, urls));
    }
  }

  private Map<String, List<Double>> measure(Target target, Map<String, String> urls)
      throws Exception {
    var rates = new LinkedHashMap<String, List<Double>>();
    for (var url : urls.values()) {
      load(url, target, WARM_UP_SECONDS);
    }
    for (var round = 0; round < ROUNDS; round++) {
      for (var entry : urls.entrySet()) {
        var seen = load(entry.getValue(), target, ROUND_SECONDS);
        if (seen.failed() > 0) {
          throw new IOException(entry.getKey() + ": " + seen);
        }
        System.out.println("round " + round + ", " + entry.getKey() + ": " + seen);
        rates.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(seen.rate());
      }
    }
    return rates;
  }

  private void compare(Map<String, List<Double>> rates) {
    for (var read : List.of("one row", "list of 20")) {
      var ours = median(rates.get(read));
      var floor = median(rates.get(read + ", floor"));
      row(
          "%-46s %8.0f requests/s, floor %.0f, ratio %.2f",
          "authenticated read, " + read, ours, floor, ours / floor);
    }
  }

  private void bundle(Path jar) throws IOException {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "bench.floor");
    attributes.putValue("Bundle-Activator", "Floor");
    attributes.putValue("DynamicImport-Package", "*");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("Floor.class"));
      out.write(Files.readAllBytes(classes.resolve("Floor.class")));
    }
  }

  private Seen load(String url, Target target, int seconds) throws Exception {
    var load = begin(url, target, CONNECTIONS);
    TimeUnit.SECONDS.sleep(seconds);
    return end(load);
  }

  private Process begin(String url, Target target, int connections) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.addAll(List.of(classes.toString(), "Load", url, Integer.toString(connections)));
    command.addAll(List.of(target.headerLines()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Seen end(Process load) throws Exception {
    load.getOutputStream().close();
    var words = new String(load.getInputStream().readAllBytes()).strip().split(" ");
    return new Seen(
        Double.parseDouble(words[0]),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]));
  }

  private void swap() throws Exception {
    try (var target = Target.start(home, folder.resolve("swap"), false)) {
      target.login();
      var app = target.call("POST", "/api/apps", "{\"name\":\"swap\",\"source_type\":\"git\"}");
      var url = target.url + "/api/apps/" + Target.field(app, "id");
      cycle(target);
      load(url, target, WARM_UP_SECONDS);
      var calm = load(url, target, 3 * ROUND_SECONDS);
      var load = begin(url, target, CONNECTIONS);
      var begin = System.nanoTime();
      for (var i = 0; i < CYCLES; i++) {
        cycle(target);
      }
      var millis = (System.nanoTime() - begin) / 1e6 / CYCLES;
      var seen = end(load);
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

  private static void cycle(Target target) throws IOException, InterruptedException {
    target.call("POST", "/api/admin/plugins/" + SWAPPED + "/disable", "");
    target.call("POST", "/api/admin/plugins/" + SWAPPED + "/enable", "");
  }
}
