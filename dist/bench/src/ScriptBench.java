import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What scripts cost: from the bare engine to a run through the platform, and under attack. */
final class ScriptBench {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STARTS = 5;

  private static final String TINY =
      "export default ({ subject }) => ({ outcome: 'done', message: subject.id })";
  private static final String EVENT =
      "{\"reason\":{\"type\":\"alert\",\"id\":\"1\",\"severity\":\"critical\"},"
          + "\"subject\":{\"kind\":\"app\",\"id\":\"2\"}}";

  private static final Map<String, String> ATTACKS =
      Map.of(
          "spin loop", "export default () => { for (;;) {} }",
          "memory growth",
              "export default () => { const all = []; for (;;) all.push(new Array(1000).fill({})) }",
          "log flood", "export default (event, api) => { for (;;) api.log('x'.repeat(4000)) }",
          "stuck built-in",
              "export default () => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)");

  private final Path home;
  private final Path classes;
  private final Path folder;
  private final int seconds;
  private final Consumer<String> rows;

  /** A user with a tenant of their own. */
  private record Author(String token, String tenant) {}

  /** What the invoker saw. */
  private record Seen(double rate, long failed, long p50, long p99) {}

  ScriptBench(Path home, Path classes, Path folder, int seconds, Consumer<String> rows) {
    this.home = home;
    this.classes = classes;
    this.folder = folder;
    this.seconds = seconds;
    this.rows = rows;
  }

  private void row(String what, String format, Object... values) {
    rows.accept(
        String.format(Locale.ROOT, "%-46s ", what) + String.format(Locale.ROOT, format, values));
  }

  /** The same options as the platform gives; see WorkerLauncher. */
  private List<String> worker(String... before) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var command = new ArrayList<>(List.of(java));
    command.addAll(List.of(before));
    command.addAll(List.of("-Xms32m", "-Xmx256m", "-XX:+UseSerialGC", "-Xlog:disable"));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpolyglot.engine.WarnInterpreterOnly=false",
            "-cp"));
    try (var jars = Files.list(home.resolve("scripting"))) {
      command.add(String.join(":", jars.map(Path::toString).sorted().toList()));
    }
    return command;
  }

  /** Cold starts, without and with the ahead-of-time cache. */
  void starts() throws Exception {
    var main = "dev.slipway.scriptworker.Main";
    row("cold start of a worker, without AOT cache", "%8.2f s", median(worker(), main));
    var cache = folder.resolve("worker.aot");
    var training = new ArrayList<>(worker("-XX:AOTCacheOutput=" + cache));
    training.addAll(List.of(main, "--train"));
    var begin = System.nanoTime();
    new ProcessBuilder(training).redirectErrorStream(true).inheritIO().start().waitFor();
    row("making that cache", "%8.2f s", (System.nanoTime() - begin) / 1e9);
    row(
        "cold start of a worker, with AOT cache",
        "%8.2f s",
        median(worker("-XX:AOTCache=" + cache), main));
  }

  private static double median(List<String> command, String main) throws Exception {
    var words = new ArrayList<>(command);
    words.add(main);
    var seen = new ArrayList<Double>();
    for (var i = 0; i < STARTS; i++) {
      var begin = System.nanoTime();
      var process = new ProcessBuilder(words).start();
      // Its first word is that it is ready.
      if (process.getInputStream().read() < 0) {
        throw new IOException("the worker ended with " + process.waitFor());
      }
      seen.add((System.nanoTime() - begin) / 1e9);
      process.destroyForcibly().waitFor();
    }
    return seen.stream().sorted().toList().get(STARTS / 2);
  }

  /** Runs on the bare engine, per second and thread. */
  double inWorker(int warmUp) throws Exception {
    var command = worker();
    command.set(command.size() - 1, classes + ":" + command.getLast());
    command.addAll(List.of("InWorker", TINY, EVENT));
    command.addAll(List.of(Integer.toString(warmUp), Integer.toString(seconds)));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return Double.parseDouble(new String(process.getInputStream().readAllBytes()).strip());
  }

  /** Through the platform whose invoker listens at a port. */
  void runs(Target target, int port, int warmUp, int warmUps) throws Exception {
    var bare = inWorker(warmUp * warmUps);
    row(
        "runs on a worker's bare engine, one thread",
        "%8.0f runs/s, %.0f us each",
        bare,
        1e6 / bare);
    var scripts = new ArrayList<String>();
    for (var i = 0; i < 2; i++) {
      scripts.add(script(target, author(target, "author" + i), TINY));
    }
    var both = String.join(",", scripts);
    warmUp(port, warmUp, warmUps, both);
    var alone = run(port, seconds, 1, scripts.getFirst());
    row(
        "one run after another, through the platform",
        "%8.0f runs/s, p50 %d us, %.0f us over the bare engine",
        alone.rate(),
        alone.p50(),
        alone.p50() - 1e6 / bare);
    var before = target.processorTime();
    var most = run(port, seconds, 4, both);
    var after = target.processorTime();
    row(
        "runs of two tenants, four at a time each",
        "%8.0f runs/s, p50 %d us, p99 %d us, %d failed",
        most.rate(),
        most.p50(),
        most.p99(),
        most.failed());
    var runs = most.rate() * seconds / 1e6;
    row(
        "processor time of each",
        "%8.0f us: platform %.0f, database %.0f, workers %.0f",
        IntStream.range(0, 3).mapToDouble(i -> after[i] - before[i]).sum() / runs,
        (after[0] - before[0]) / runs,
        (after[1] - before[1]) / runs,
        (after[2] - before[2]) / runs);
    replacement(target, port, scripts.getFirst());
    attacks(target, port, scripts.getFirst());
  }

  /**
   * Until it no longer gets faster by a twentieth: every worker has its own compiler to wait for.
   */
  private static void warmUp(int port, int seconds, int most, String scripts)
      throws IOException, InterruptedException {
    var before = 0.0;
    for (var turn = 0; turn < most; turn++) {
      var seen = run(port, seconds, 4, scripts).rate();
      System.out.printf(Locale.ROOT, "warm-up: %.0f runs/s%n", seen);
      if (seen < before * Bench.RISE) {
        return;
      }
      before = seen;
    }
  }

  /** All workers are killed at once, which no attack does. */
  private void replacement(Target target, int port, String script) throws Exception {
    target.workers().forEach(ProcessHandle::destroyForcibly);
    var begin = System.nanoTime();
    while (run(port, 0.001, 1, script).rate() == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    row("all workers killed, to the next answer", "%8.2f s", (System.nanoTime() - begin) / 1e9);
    while (target.workers().count() < 3) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TimeUnit.SECONDS.sleep(seconds);
  }

  private void attacks(Target target, int port, String victim) throws Exception {
    run(port, seconds, 1, victim);
    var calm = run(port, 2.0 * seconds, 1, victim);
    var attacker = author(target, "attacker");
    for (var attack : new LinkedHashMap<>(ATTACKS).entrySet()) {
      var script = script(target, attacker, attack.getValue());
      var attacking = CompletableFuture.supplyAsync(() -> attack(port, 2.0 * seconds, script));
      var seen = run(port, 2.0 * seconds, 1, victim);
      var ended = attacking.join();
      row(
          "another tenant's p99 during " + attack.getKey(),
          "%8.1f ms, undisturbed %.1f ms; %d attacks ended, %d of its runs failed",
          seen.p99() / 1000.0,
          calm.p99() / 1000.0,
          ended.failed(),
          seen.failed());
    }
  }

  private static Seen attack(int port, double seconds, String script) {
    try {
      return run(port, seconds, 2, script);
    } catch (IOException | InterruptedException failure) {
      throw new CompletionException(failure);
    }
  }

  private static Seen run(int port, double seconds, int threads, String scripts)
      throws IOException, InterruptedException {
    var query = "?seconds=%s&threads=%d&scripts=%s".formatted(seconds, threads, scripts);
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + query));
    var answer = HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the invoker answered " + answer.statusCode());
    }
    var words = answer.body().split(" ");
    return new Seen(
        Double.parseDouble(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }

  private static Author author(Target target, String name) throws Exception {
    var body = JSON.createObjectNode();
    body.put("email", name + "@example.com").put("displayName", name);
    body.put("password", Target.PASSWORD);
    var answer = call(target, "/api/auth/register", null, body.toString());
    return new Author(Target.field(answer, "accessToken"), Target.field(answer, "tenantId"));
  }

  /** Tenant and id of a script. */
  private static String script(Target target, Author author, String source) throws Exception {
    var body = JSON.createObjectNode();
    body.put("name", "script " + System.nanoTime()).put("hook", "remediation.action");
    body.put("source", source).put("timeout_ms", 1000);
    var answer = JSON.readTree(call(target, "/api/scripts", author, body.toString()));
    return author.tenant() + ":" + answer.path("script").path("id").asText();
  }

  private static String call(Target target, String path, Author author, String body)
      throws IOException, InterruptedException {
    var builder =
        HttpRequest.newBuilder(URI.create(target.url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (author != null) {
      builder.header("Authorization", "Bearer " + author.token());
      builder.header("X-Tenant-ID", author.tenant());
    }
    var answer = HTTP.send(builder.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
