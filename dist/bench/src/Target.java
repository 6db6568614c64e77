import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A distribution on a data folder, run without an agent where nothing else is said. */
final class Target implements AutoCloseable {
  static final String PASSWORD = "Bench-mark-0-password";
  private static final int FIRST_PORT = 15_000;
  private static final int PORTS = 15_000;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final String url;

  /** Where agents dial in. */
  final String grpc;

  private final Process process;
  private final Path data;
  private final double seconds;
  private String refreshToken = "";
  private String[] headers = {};

  private Target(Process process, Path data, String url, String grpc)
      throws IOException, InterruptedException {
    this.process = process;
    this.data = data;
    this.url = url;
    this.grpc = grpc;
    var begin = process.info().startInstant().orElseThrow().toEpochMilli();
    var started = System.nanoTime() - (System.currentTimeMillis() - begin) * 1_000_000;
    while (status("/health/ready") != 200) {
      if (!process.isAlive()) {
        throw new IOException("the platform ended with " + process.exitValue());
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    seconds = (System.nanoTime() - started) / 1e9;
  }

  /** Starts it and waits for the first 200. */
  static Target start(Path home, Path data, boolean cache, String... javaOptions)
      throws IOException, InterruptedException {
    return start(home, data, cache, Map.of(), javaOptions);
  }

  /** As above, with more variables. */
  static Target start(
      Path home, Path data, boolean cache, Map<String, String> more, String... javaOptions)
      throws IOException, InterruptedException {
    return start(home, data, new Ports(freePort(), freePort()), cache, more, javaOptions);
  }

  /** Where a platform listens. */
  record Ports(int http, int grpc) {}

  /** As above, on given ports. */
  static Target start(
      Path home,
      Path data,
      Ports ports,
      boolean cache,
      Map<String, String> more,
      String... javaOptions)
      throws IOException, InterruptedException {
    var http = "127.0.0.1:" + ports.http();
    var grpc = "127.0.0.1:" + ports.grpc();
    var builder =
        new ProcessBuilder(
                home.resolve("bin/slipway").toString(),
                "run",
                "--data",
                data.toString(),
                "--http",
                http,
                "--grpc",
                grpc)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    var environment = builder.environment();
    environment.put("SLIPWAY_AOT", cache ? "on" : "off");
    environment.put("SLIPWAY_AGENT", "off");
    environment.put("SLIPWAY_ROOT_PASSWORD", PASSWORD);
    var given = environment.getOrDefault("SLIPWAY_JAVA_OPTS", "");
    environment.put("SLIPWAY_JAVA_OPTS", String.join(" ", javaOptions) + " " + given);
    environment.putAll(more);
    return new Target(builder.start(), data, "http://" + http, grpc);
  }

  /** Below those from which the system takes the near end of a connection. */
  static int freePort() throws IOException {
    while (true) {
      var port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_PORT + PORTS);
      try (var socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // Another one.
      }
    }
  }

  /** From the start of the process to the first 200. */
  double seconds() {
    return seconds;
  }

  /** The processes that run scripts. */
  Stream<ProcessHandle> workers() {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("scriptworker.Main"));
  }

  /** Processor time in seconds that the platform, its database and its workers have used. */
  double[] processorTime() throws IOException {
    var seconds = new double[3];
    seconds[0] = processorTime(process.pid());
    for (var child : process.descendants().toList()) {
      var worker = child.info().commandLine().orElse("").contains("scriptworker.Main");
      seconds[worker ? 2 : 1] += processorTime(child.pid());
    }
    return seconds;
  }

  private static double processorTime(long pid) throws IOException {
    var stat = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    var text = Files.readString(stat);
    var words = text.substring(text.lastIndexOf(')') + 2).split(" ");
    // In ticks, of which Linux has a hundred a second.
    return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / 100.0;
  }

  /** Resident memory in MB. */
  double resident() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS");
  }

  /** Bytes in use once all garbage is gone. */
  long heap() throws IOException, InterruptedException {
    jcmd("GC.run");
    // A line for each generation; what a generation is made of is indented.
    var told = Pattern.compile("^\\w.* used (\\d+)K", Pattern.MULTILINE);
    var generations = told.matcher(jcmd("GC.heap_info")).results().toList();
    if (generations.isEmpty()) {
      throw new IOException("jcmd told no heap");
    }
    return generations.stream().mapToLong(used -> Long.parseLong(used.group(1)) * 1024).sum();
  }

  private String jcmd(String order) throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
    // The process that was started is a shell's successor: the JVM itself.
    var asked =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), order)
            .redirectErrorStream(true)
            .start();
    var all = new String(asked.getInputStream().readAllBytes());
    asked.waitFor();
    return all;
  }

  private int status(String path) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(URI.create(url + path)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** A first start is over when it has noted that it was one: then the owner can log in. */
  void awaitOwner() throws InterruptedException {
    while (!Files.exists(data.resolve("initialised"))) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  void login() throws IOException, InterruptedException {
    awaitOwner();
    var body = "{\"email\":\"root@localhost\",\"password\":\"" + PASSWORD + "\"}";
    take(call("POST", "/api/auth/login", body));
  }

  /** Takes new tokens, which is not limited as tries of passwords are. */
  void refresh() throws IOException, InterruptedException {
    take(call("POST", "/api/auth/refresh", "{\"refreshToken\":\"" + refreshToken + "\"}"));
  }

  private void take(String answer) throws IOException {
    refreshToken = field(answer, "refreshToken");
    headers =
        new String[] {
          "Authorization",
          "Bearer " + field(answer, "accessToken"),
          "X-Tenant-ID",
          field(answer, "tenantId")
        };
  }

  /** Lets a client of one node speak to this one. */
  void takeLogin(Target other) {
    headers = other.headers;
  }

  /** The id of who is logged in. */
  String user() throws IOException, InterruptedException {
    return field(call("GET", "/api/auth/me", ""), "id");
  }

  String tenant() {
    return headers[3];
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /** Ends it without warning. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The header lines of a logged-in client. */
  String[] headerLines() {
    return new String[] {headers[0] + ": " + headers[1], headers[2] + ": " + headers[3]};
  }

  String call(String method, String path, String body) throws IOException, InterruptedException {
    var answer = send(method, path, body);
    if (answer.statusCode() >= 300) {
      throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** Whatever the answer is. */
  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var builder = HttpRequest.newBuilder(URI.create(url + path));
    builder.header("Content-Type", "application/json");
    for (var i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    builder.timeout(Duration.ofSeconds(60));
    return HTTP.send(builder.method(method, publisher).build(), BodyHandlers.ofString());
  }

  void upload(String method, String path, Path jar) throws IOException, InterruptedException {
    var builder = HttpRequest.newBuilder(URI.create(url + path));
    builder.header("Content-Type", "application/java-archive");
    for (var i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    var request = builder.method(method, BodyPublishers.ofFile(jar)).build();
    var answer = HTTP.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  /** The platform's JVM. */
  long pid() {
    return process.pid();
  }

  static String field(String json, String name) throws IOException {
    var tree = new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
    var value = tree.findValue(name);
    if (value == null) {
      throw new IOException("no " + name + " in " + List.of(json.split(",")));
    }
    return value.asText();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
