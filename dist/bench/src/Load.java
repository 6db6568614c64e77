import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;

/**
 * The second process: kept connections that ask one after the other, as fast as they are answered,
 * until standard input ends. Arguments: URL, connections, headers. Prints requests per second,
 * failed requests, and the 50th and 99th percentile in microseconds.
 */
public final class Load {
  private static final int MOST = 4_000_000;

  private final URI url;
  private final byte[] request;
  private volatile boolean over;

  private Load(URI url, String[] headers) {
    this.url = url;
    var head = new StringBuilder("GET " + url.getRawPath());
    head.append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    head.append(" HTTP/1.1\r\nHost: ").append(url.getRawAuthority()).append("\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    request = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  public static void main(String[] arguments) throws Exception {
    var headers = Arrays.copyOfRange(arguments, 2, arguments.length);
    var load = new Load(URI.create(arguments[0]), headers);
    var clients = new ArrayList<Client>();
    for (var i = 0; i < Integer.parseInt(arguments[1]); i++) {
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
        all[all.length / 2],
        all[(int) (all.length * 0.99)]);
  }

  private final class Client extends Thread {
    private int[] micros = new int[1 << 16];
    private int count;
    private int failed;

    @Override
    public void run() {
      while (!over) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(30_000);
          var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
          while (!over && count < MOST) {
            ask(socket, in);
          }
        } catch (IOException e) {
          failed++;
        }
      }
    }

    private void ask(Socket socket, InputStream in) throws IOException {
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
