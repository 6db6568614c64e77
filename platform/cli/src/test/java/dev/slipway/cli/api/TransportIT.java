package dev.slipway.cli.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.config.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of bare bytes, which can misbehave as no HTTP server would. */
class TransportIT {
  private static final Duration IDLE = Duration.ofMillis(1500);
  private static final long SIZE = 40_000_000;

  @TempDir Path temporary;
  private ServerSocket server;
  private final Transport transport =
      new Transport(new Timeouts(Duration.ofSeconds(10), IDLE, IDLE, IDLE));

  /** What the server does with its one connection. */
  private interface Behaviour {
    void on(Socket connection) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setReceiveBufferSize(64 * 1024);
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    server.close();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
  }

  private void serve(Behaviour behaviour) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (var connection = server.accept()) {
                behaviour.on(connection);
              } catch (IOException e) {
                // The client has given up, which is what these tests are about.
              }
            });
  }

  private static void answer(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(US_ASCII));
    connection.getOutputStream().flush();
  }

  private WatchedBody bigFile() throws IOException {
    var path = temporary.resolve("big");
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    return new WatchedBody(path);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    serve(connection -> connection.getInputStream().transferTo(OutputStream.nullOutputStream()));
    assertThatThrownBy(() -> transport.send(request().build()))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("timed out");
  }

  @Test
  void anUploadThatStallsIsGivenUp() throws IOException {
    serve(
        connection -> {
          connection.getInputStream().readNBytes(1_000_000);
          LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
        });
    var body = bigFile();
    assertThatThrownBy(() -> transport.upload(request().POST(body).build(), body))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("timed out");
  }

  @Test
  void anUploadThatIsMerelySlowArrives() throws IOException {
    serve(
        connection -> {
          var in = connection.getInputStream();
          var left = SIZE;
          while (left > 0) {
            // A slow line: 40 parts of a megabyte, together longer than the idle limit.
            LockSupport.parkNanos(Duration.ofMillis(75).toNanos());
            left -= in.readNBytes(1_000_000).length;
          }
          answer(connection, "HTTP/1.1 204 No Content\r\n\r\n");
        });
    var body = bigFile();
    assertThat(transport.upload(request().POST(body).build(), body).status()).isEqualTo(204);
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    serve(
        connection -> {
          answer(connection, "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n");
          var part = new byte[1 << 16];
          while (true) {
            connection.getOutputStream().write(part);
          }
        });
    var patient = Duration.ofSeconds(30);
    try (var waiting = new Transport(new Timeouts(patient, patient, patient, patient))) {
      assertThatThrownBy(() -> waiting.send(request().build()))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("broke");
    }
  }

  @Test
  void redirectsAreNotFollowed() {
    serve(
        connection ->
            answer(
                connection,
                "HTTP/1.1 302 Found\r\n"
                    + "Location: http://127.0.0.1:1/\r\n"
                    + "Content-Length: 0\r\n\r\n"));
    var answer = transport.send(request().build());
    assertThat(answer.status()).isEqualTo(302);
    assertThat(ApiException.of(answer).details()).contains("redirects to http://127.0.0.1:1/");
  }
}
