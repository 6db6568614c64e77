import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;

/**
 * The second process: kept connections that ask one after the other, as fast as they are answered,
 * until standard input ends. Arguments: kind of requests, URL, connections, what the kind needs.
 * Prints requests per second, failed requests, and the 50th and 99th percentile in microseconds.
 */
public final class Load {
  private static final int MOST = 4_000_000;

  private final URI url;
  private final Requests requests;
  private volatile boolean over;

  private Load(URI url, Requests requests) {
    this.url = url;
    this.requests = requests;
  }

  public static void main(String[] arguments) throws Exception {
    var url = URI.create(arguments[1]);
    var more = Arrays.copyOfRange(arguments, 3, arguments.length);
    var load = new Load(url, Requests.of(arguments[0], url, more));
    var clients = new ArrayList<Client>();
    for (var i = 0; i < Integer.parseInt(arguments[2]); i++) {
      var client = load.new Client();
      client.start();
      clients.add(client);
    }
    var begin = System.nanoTime();
    while (System.in.read() >= 0) {}
    load.over = true;
    var seconds = (System.nanoTime() - begin) / 1e9;
    for (var client : clients) {
      client.join();
    }
    report(clients, seconds);
  }

  private static void report(ArrayList<Client> clients, double seconds) {
    var all =
        clients.stream().flatMapToInt(c -> Arrays.stream(c.micros, 0, c.count)).sorted().toArray();
    var failed = clients.stream().mapToInt(client -> client.failed).sum();
    System.out.printf(
        Locale.ROOT,
        "%.1f %d %d %d%n",
        all.length / seconds,
        failed,
        percentile(all, 0.5),
        percentile(all, 0.99));
  }

  /** 0 where nothing was answered in time. */
  private static int percentile(int[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * part)];
  }

  private final class Client extends Thread {
    private int[] micros = new int[1 << 16];
    private int count;
    private int failed;

    @Override
    public void run() {
      while (!over) {
        try (var socket = connect()) {
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(30_000);
          var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
          for (var i = 0; !over && i < requests.perConnection() && count < MOST; i++) {
            ask(socket, in);
          }
        } catch (IOException e) {
          failed++;
        }
      }
    }

    private Socket connect() throws IOException {
      return new Socket(InetAddress.getLoopbackAddress(), url.getPort(), requests.source(), 0);
    }

    private void ask(Socket socket, InputStream in) throws IOException {
      var request = requests.next();
      var begin = System.nanoTime();
      socket.getOutputStream().write(request);
      var status = answer(in);
      if (count == micros.length) {
        micros = Arrays.copyOf(micros, count * 2);
      }
      micros[count++] = (int) ((System.nanoTime() - begin) / 1000);
      failed += status == 200 ? 0 : 1;
    }

    /** Reads one answer to its end; gives its status. */
    private static int answer(InputStream in) throws IOException {
      var status = Integer.parseInt(line(in).substring(9, 12));
      var length = 0;
      var chunked = false;
      for (var line = line(in); !line.isEmpty(); line = line(in)) {
        var header = line.toLowerCase(Locale.ROOT);
        chunked |= header.equals("transfer-encoding: chunked");
        if (header.startsWith("content-length: ")) {
          length = Integer.parseInt(header.substring(16));
        }
      }
      if (!chunked) {
        in.skipNBytes(length);
        return status;
      }
      for (var size = size(in); size >= 0; size = size == 0 ? -1 : size(in)) {
        in.skipNBytes(size + 2L);
      }
      return status;
    }

    private static int size(InputStream in) throws IOException {
      return Integer.parseInt(line(in).split(";")[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
      var line = new StringBuilder();
      for (var c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("the connection was closed");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }
  }
}
