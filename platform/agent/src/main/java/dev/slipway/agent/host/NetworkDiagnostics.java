package dev.slipway.agent.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of the network can be seen from here; nothing beyond private addresses is touched. */
public final class NetworkDiagnostics {
  private static final Set<Integer> PORTS = Set.of(80, 443, 5432, 6379, 8080, 8443, 9000, 9090);
  private static final Set<Integer> HTTP_PORTS = Set.of(80, 443, 8080, 8443, 9000, 9090);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String MAPPED = "0000000000000000FFFF0000";
  private static final String NONE = "00000000000000000000000000000000";
  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int INODE = 9;

  /** Hex digits of an IPv4 address. */
  private static final int ADDRESS = 8;

  /** IPv4 sockets, those of programs included that open them as mapped addresses of IPv6. */
  public List<Map<String, Object>> sockets(boolean listening, int limit) throws IOException {
    var rows = new ArrayList<Map<String, Object>>();
    for (var table : TABLES) {
      if (Files.exists(table)) {
        read(table, listening, limit, rows);
      }
    }
    return rows;
  }

  private static void read(Path table, boolean listening, int limit, List<Map<String, Object>> rows)
      throws IOException {
    for (var line : Files.readAllLines(table)) {
      var parts = line.replace(MAPPED, "").replace(NONE, "00000000").strip().split("\\s+");
      if (parts.length > INODE
          && parts[LOCAL].indexOf(':') == ADDRESS
          && parts[REMOTE].indexOf(':') == ADDRESS
          && parts[STATE].length() == 2
          && parts[STATE].equals(LISTENING) == listening
          && rows.size() < limit) {
        var row = new LinkedHashMap<String, Object>();
        row.put("local_addr", address(parts[LOCAL]));
        row.put("local_port", port(parts[LOCAL]));
        row.put("remote_addr", address(parts[REMOTE]));
        row.put("remote_port", port(parts[REMOTE]));
        row.put("state", parts[STATE]);
        row.put("inode", parts[INODE]);
        rows.add(row);
      }
    }
  }

  /** The kernel writes an address as one number of this machine's byte order. */
  private static String address(String text) {
    var bytes = new ArrayList<String>();
    for (int at = 6; at >= 0; at -= 2) {
      bytes.add(Integer.toString(Integer.parseInt(text.substring(at, at + 2), 16)));
    }
    return String.join(".", bytes);
  }

  private static int port(String text) {
    return Integer.parseInt(text.substring(text.indexOf(':') + 1), 16);
  }

  /** Whether a port answers. */
  public Map<String, Object> tcp(String host, int port) {
    if (!PORTS.contains(port)) {
      throw new IllegalArgumentException("port is none of " + PORTS.stream().sorted().toList());
    }
    var started = System.nanoTime();
    boolean ok;
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(near(host), port), Math.toIntExact(LIMIT.toMillis()));
      ok = true;
    } catch (IOException e) {
      ok = false;
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("host", host);
    answer.put("port", port);
    answer.put("ok", ok);
    answer.put("elapsed_ms", millis(started));
    return answer;
  }

  /** The first line that a server answers with. */
  public Map<String, Object> http(String text, String method) throws IOException {
    var url = URI.create(text);
    int port = url.getPort() < 0 ? 80 : url.getPort();
    if (!"http".equals(url.getScheme()) || url.getHost() == null || !HTTP_PORTS.contains(port)) {
      throw new IllegalArgumentException(
          "url is no http address at one of " + HTTP_PORTS.stream().sorted().toList());
    }
    var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var started = System.nanoTime();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("url", text);
    try (var socket = new Socket()) {
      socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
      socket.connect(
          new InetSocketAddress(near(url.getHost()), port), Math.toIntExact(LIMIT.toMillis()));
      var request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: "
              + url.getHost()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var first = new String(socket.getInputStream().readNBytes(256), StandardCharsets.US_ASCII);
      answer.put("status_line", first.lines().findFirst().orElse(""));
    }
    answer.put("elapsed_ms", millis(started));
    return answer;
  }

  /** What a name leads to. */
  public Map<String, Object> names(String host) {
    var started = System.nanoTime();
    List<String> addresses;
    try {
      addresses =
          Arrays.stream(InetAddress.getAllByName(host)).map(InetAddress::getHostAddress).toList();
    } catch (UnknownHostException e) {
      addresses = List.of();
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("host", host);
    answer.put("addresses", addresses);
    answer.put("ok", !addresses.isEmpty());
    answer.put("elapsed_ms", millis(started));
    return answer;
  }

  private static InetAddress near(String host) throws UnknownHostException {
    var address = InetAddress.getByName(host);
    if (!address.isLoopbackAddress() && !address.isSiteLocalAddress()) {
      throw new IllegalArgumentException("the host is not private");
    }
    return address;
  }

  private static long millis(long started) {
    return Duration.ofNanos(System.nanoTime() - started).toMillis();
  }
}
