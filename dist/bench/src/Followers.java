import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Many followers of the log of one build, over an event stream each: what one takes, how long after
 * a line was printed it is there, and that nobody misses a line, whoever does not read.
 */
final class Followers {
  private static final int PADDING = 1_000;
  private static final int OLD_LINES = 2_000;
  private static final int SLOW_BUFFER = 4_096;
  private static final int MOST_RETURNS = 10;
  private static final long LIMIT_MINUTES = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Prints more than connections keep for who does not read. */
  private static final String NOISE =
      """
      padding=$(printf '%%%ds' '' | tr ' ' x)
      yes "noise $padding" | head -n %d
      """;

  /** Prints numbered lines with the time at which it did so. */
  private static final String TICKS =
      """
      padding=$(printf '%%%ds' '' | tr ' ' x)
      i=0
      while [ $i -lt %d ]; do
        i=$((i + 1))
        echo "tick $i $(date +%%s%%N) $padding"
        sleep %s
      done
      """;

  private final Target target;
  private final Herd herd;
  private final Source source;
  private final Plan plan;
  private final List<String> lines = new ArrayList<>();
  private final CountDownLatch done;

  /** How many, and how many lines they get, with which pause in seconds. */
  record Plan(int followers, int lines, double pause) {
    static final Plan FULL = new Plan(1_000, 600, 0.1);
    static final Plan SHORT = new Plan(100, 100, 0.1);
  }

  private Followers(Target target, Herd herd, Source source, Plan plan) {
    this.target = target;
    this.herd = herd;
    this.source = source;
    this.plan = plan;
    done = new CountDownLatch(plan.followers());
  }

  static List<String> run(Path home, Path folder, Plan plan) throws Exception {
    try (var herd = Herd.start(folder.resolve("followers"))) {
      var data = folder.resolve("followers-node");
      // What only waits to be asked for again is not what followers take.
      var noSoft = "-XX:SoftRefLRUPolicyMSPerMB=0";
      try (var target = Target.start(home, data, false, herd.withAgent(), noSoft)) {
        target.login();
        var settings =
            "\"port\":3000,\"start_command\":\"java Main.java\",\"health_check_path\":\"/health\","
                + "\"build_command\":\"sh ticks.sh\"";
        var source = new Source(target, home, folder.resolve("followed"), "followed", settings);
        return new Followers(target, herd, source, plan).run();
      }
    }
  }

  private List<String> run() throws Exception {
    source.write("ticks.sh", NOISE.formatted(4 * PADDING, OLD_LINES));
    source.commit(0);
    source.push();
    var pause = Double.toString(plan.pause());
    source.write("ticks.sh", TICKS.formatted(PADDING, plan.lines(), pause));
    source.commit(1);
    var followers = Stream.generate(Follower::new).limit(plan.followers()).toList();
    var first = followers.size() / 10;
    connect(followers.subList(0, first));
    // The first ones bring along what all share.
    var few = target.heap();
    connect(followers.subList(first, followers.size()));
    var each = (target.heap() - few) / 1024.0 / (followers.size() - first);
    line("heap per follower", "%8.1f KiB", each);
    try (var slow = new Slow()) {
      var node = Cpu.seconds(target.process());
      var database = Cpu.seconds(herd.database());
      var build = CompletableFuture.runAsync(this::build);
      await(done, "followers did not get all lines");
      node = Cpu.seconds(target.process()) - node;
      database = Cpu.seconds(herd.database()) - database;
      report(followers);
      var delivered = (double) plan.lines() * plan.followers() / 1e6;
      line(
          "processor time for each line of each follower",
          "%8.1f us: platform and agent %.1f, database %.1f",
          (node + database) / delivered,
          node / delivered,
          database / delivered);
      line(
          "sent to who did not read, meanwhile",
          "%8d bytes of more than %d",
          slow.waiting(),
          4L * PADDING * OLD_LINES);
      slow.readAll();
      line(
          "lines it got once it did",
          "%8d of %d, having come back %d times",
          slow.seen,
          plan.lines(),
          slow.returns);
      build.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    }
    return lines;
  }

  private void connect(List<Follower> followers) throws Exception {
    followers.forEach(follower -> Thread.ofVirtual().start(follower));
    for (var follower : followers) {
      await(follower.connected, "follower did not connect");
    }
  }

  private void await(CountDownLatch latch, String otherwise) throws Exception {
    if (!latch.await(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      throw new IOException(latch.getCount() + " " + otherwise);
    }
  }

  private void build() {
    try {
      source.push();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void report(List<Follower> followers) throws IOException {
    for (var follower : followers) {
      if (follower.failure != null) {
        throw new IOException("a follower failed", follower.failure);
      }
    }
    var lags = followers.stream().flatMapToLong(f -> Arrays.stream(f.lags)).sorted().toArray();
    line(
        "lines delivered to " + plan.followers() + " followers, in order",
        "%8d of %d",
        lags.length,
        plan.lines() * plan.followers());
    line(
        "from the print of a line until it is there",
        "p50 %.0f ms, p99 %.0f ms, longest %.0f ms",
        lags[lags.length / 2] / 1e6,
        lags[(int) (lags.length * 0.99)] / 1e6,
        lags[lags.length - 1] / 1e6);
  }

  private void line(String what, String format, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "%-46s ", what) + String.format(Locale.ROOT, format, values));
    System.out.println(lines.getLast());
  }

  /** In the old version of HTTP, in which a body is nothing but what is in it. */
  private void ask(Socket socket, int tail, String after) throws IOException {
    var url = URI.create(target.url);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()));
    var head = "GET /api/apps/" + source.app + "/logs/stream?tail=" + tail + " HTTP/1.0\r\n";
    var headers = String.join("\r\n", target.headerLines()) + after;
    var request = head + "Host: " + url.getAuthority() + "\r\n" + headers + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The words of a numbered line, else null. */
  private static String[] tick(String line) throws IOException {
    if (line == null) {
      throw new IOException("the stream ended");
    }
    if (!line.startsWith("data: ") || !line.contains("tick ")) {
      return null;
    }
    var words = JSON.readTree(line.substring(6)).path("message").asText().split(" ");
    return words[0].equals("tick") ? words : null;
  }

  /** Somebody who reads as fast as it comes. */
  private final class Follower implements Runnable {
    private final long[] lags = new long[plan.lines()];
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch connected = new CountDownLatch(1);
    private volatile Exception failure;

    @Override
    public void run() {
      try (var socket = new Socket()) {
        ask(socket, 0, "");
        var in = reader(socket);
        while (!in.readLine().startsWith("retry:")) {
          // The head of the answer.
        }
        connected.countDown();
        while (seen.get() < lags.length) {
          note(tick(in.readLine()));
        }
      } catch (IOException | RuntimeException broken) {
        failure = broken;
        connected.countDown();
      } finally {
        done.countDown();
      }
    }

    private void note(String[] tick) throws IOException {
      if (tick == null) {
        return;
      }
      var now = System.currentTimeMillis() * 1_000_000;
      if (Integer.parseInt(tick[1]) != seen.get() + 1) {
        throw new IOException("line " + tick[1] + " came after line " + seen.get());
      }
      lags[seen.getAndIncrement()] = now - Long.parseLong(tick[2]);
    }
  }

  /**
   * Somebody who asks for much and reads nothing until all others are done. The platform gives up
   * whom it can tell nothing for a minute; the client then comes back with its last id.
   */
  private final class Slow implements AutoCloseable {
    private Socket socket = new Socket();
    private String last = "";
    private int seen;
    private int returns;

    Slow() throws IOException {
      socket.setReceiveBufferSize(SLOW_BUFFER);
      ask(socket, OLD_LINES, "");
    }

    /** What the platform's side of the connection has sent into the void. */
    long waiting() throws IOException {
      var port = ":%04X".formatted(socket.getLocalPort());
      for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        for (var line : Files.readAllLines(Path.of(table))) {
          var words = line.strip().split("\\s+");
          if (words[2].endsWith(port)) {
            return Long.parseLong(words[4].split(":")[0], 16);
          }
        }
      }
      throw new IOException("the connection is gone");
    }

    void readAll() throws IOException {
      var in = reader(socket);
      while (seen < plan.lines()) {
        var line = in.readLine();
        if (line == null) {
          in = comeBack();
        } else if (line.startsWith("id: ")) {
          last = line;
        } else {
          note(tick(line));
        }
      }
    }

    private BufferedReader comeBack() throws IOException {
      if (++returns > MOST_RETURNS) {
        throw new IOException("the stream ends again and again");
      }
      socket.close();
      socket = new Socket();
      ask(socket, 0, "\r\nLast-Event-ID: " + last.substring("id: ".length()));
      return reader(socket);
    }

    private void note(String[] tick) throws IOException {
      if (tick != null && Integer.parseInt(tick[1]) != ++seen) {
        throw new IOException("line " + tick[1] + " came as number " + seen);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
