package dev.slipway.security.egress;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.api.net.Egress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedEgressIT {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final String PASSWORD = "for tests only";

  @TempDir Path dir;
  private final AtomicReference<HttpExchange> seen = new AtomicReference<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/echo", this::echo);
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/big",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(new byte[Egress.MAX_BODY + 100_000]);
          }
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void sendsMethodHeadersAndBody() throws Exception {
    for (var method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
      var body =
          method.equals("GET")
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString("héllo");
      var request =
          HttpRequest.newBuilder(uri("/echo?q=%20a"))
              .method(method, body)
              .header("X-Test", "one")
              .header("X-Test", "two")
              .build();
      var answer = egress("hooks.example").send(request);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-method")).hasValue(method);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .isEqualTo(method.equals("GET") ? "" : "héllo");
      assertThat(seen.get().getRequestURI()).hasToString("/echo?q=%20a");
      assertThat(seen.get().getRequestHeaders().get("X-Test")).containsExactly("one", "two");
      assertThat(seen.get().getRequestHeaders().getFirst("Host"))
          .isEqualTo("hooks.example:" + server.getAddress().getPort());
      assertThat(answer.uri()).isEqualTo(request.uri());
      assertThat(answer.sslSession()).isEmpty();
      assertThat(answer.previousResponse()).isEmpty();
    }
  }

  @Test
  void anAnswerToHeadHasNoBody() throws Exception {
    var answer = egress("hooks.example").send(HttpRequest.newBuilder(uri("/echo")).HEAD().build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void redirectsAreReturned() throws Exception {
    var answer = egress("hooks.example").send(get("/moved"));
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("http://169.254.169.254/");
  }

  @Test
  void aLargeAnswerIsCut() throws Exception {
    assertThat(egress("hooks.example").send(get("/big")).body()).hasSize(Egress.MAX_BODY);
  }

  @Test
  void refusesTheLoopbackAddressWithoutPermission() {
    var guard = new Guard(AllowList.parse(null), host -> List.of(LOOPBACK));
    var egress = new GuardedEgress(guard, trusting());
    assertRefused(EgressError.REFUSED, () -> egress.send(get("/echo")));
    assertThat(seen.get()).isNull();
  }

  /** A name server that answers with a permitted address first and with another one ever after. */
  @Test
  void connectsToTheAddressThatWasCheckedEvenIfTheNameMoves() throws Exception {
    var lookups = new AtomicInteger();
    var other = InetAddress.ofLiteral("127.0.0.2");
    try (var trap = new ServerSocket(server.getAddress().getPort(), 5, other)) {
      trap.setSoTimeout(300);
      Resolver rebinding = host -> List.of(lookups.getAndIncrement() == 0 ? LOOPBACK : other);
      var egress =
          new GuardedEgress(new Guard(AllowList.parse("127.0.0.1/32"), rebinding), trusting());
      assertThat(egress.send(get("/echo")).statusCode()).isEqualTo(200);
      assertThat(lookups).hasValue(1);
      assertRefused(EgressError.REFUSED, () -> egress.send(get("/echo")));
      assertThat(lookups).hasValue(2);
      assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void triesTheNextAddress() throws Exception {
    // Nothing listens on the first.
    var addresses = List.of(InetAddress.ofLiteral("127.0.0.3"), LOOPBACK);
    var guard = new Guard(AllowList.parse("127.0.0.0/8"), host -> addresses);
    assertThat(new GuardedEgress(guard, trusting()).send(get("/echo")).statusCode()).isEqualTo(200);
  }

  @Test
  void checkNamesTheField() {
    var refusal =
        assertRefused(
            EgressError.REFUSED, () -> egress("hooks.example").check("url", "http://10.0.0.1/"));
    assertThat(refusal.fields()).singleElement().extracting("field").isEqualTo("url");
    assertRefused(EgressError.REFUSED, () -> egress("hooks.example").check("url", "no url"));
    egress("hooks.example").check("url", uri("/echo").toString());
    egress("hooks.example").check("url", "https://not-there-yet.example/");
  }

  @Test
  void networkFailuresAreIoExceptions() throws Exception {
    server.stop(0);
    assertThatThrownBy(() -> egress("hooks.example").send(get("/echo")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                egress("hooks.example")
                    .send(HttpRequest.newBuilder(URI.create("http://nowhere.example/")).build()))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aServerThatSaysNothingOrDripsRunsIntoTheTimeOut() throws Exception {
    for (var drip : new boolean[] {false, true}) {
      try (var silent = new ServerSocket(0, 5, LOOPBACK)) {
        var closed = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> hold(silent, drip, closed));
        var target = URI.create("http://hooks.example:" + silent.getLocalPort() + "/");
        var request = HttpRequest.newBuilder(target).timeout(Duration.ofMillis(400)).build();
        assertThatThrownBy(() -> egress("hooks.example").send(request))
            .isInstanceOf(HttpTimeoutException.class);
        assertThat(closed.await(20, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
      }
    }
  }

  @Test
  void aServerThatDoesNotReadRunsIntoTheTimeOut() throws Exception {
    try (var deaf = new ServerSocket(0, 5, LOOPBACK)) {
      var target = URI.create("http://hooks.example:" + deaf.getLocalPort() + "/");
      var body = HttpRequest.BodyPublishers.ofByteArray(new byte[15 * 1024 * 1024]);
      var request =
          HttpRequest.newBuilder(target).timeout(Duration.ofMillis(400)).POST(body).build();
      assertThatThrownBy(() -> egress("hooks.example").send(request))
          .isInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (var silent = new ServerSocket(0, 5, LOOPBACK)) {
      var target = URI.create("http://hooks.example:" + silent.getLocalPort() + "/");
      var outcome = new AtomicReference<Throwable>();
      var sender =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      egress("hooks.example").send(HttpRequest.newBuilder(target).build());
                    } catch (IOException | InterruptedException ended) {
                      outcome.set(ended);
                    }
                  });
      silent.accept();
      sender.interrupt();
      sender.join();
      assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aBodyThatIsTooLargeIsNotSent() {
    var body = HttpRequest.BodyPublishers.ofByteArray(new byte[17 * 1024 * 1024]);
    assertThatThrownBy(
            () ->
                egress("hooks.example")
                    .send(HttpRequest.newBuilder(uri("/echo")).POST(body).build()))
        .isInstanceOf(IOException.class);
    assertThat(seen.get()).isNull();
  }

  @Test
  void verifiesTheCertificateForTheNameOfTheUrl() throws Exception {
    var store = certificateFor("hooks.example");
    var secure = secureServer(store);
    try {
      var port = secure.getAddress().getPort();
      var trusting = context(store).getSocketFactory();
      var right =
          HttpRequest.newBuilder(URI.create("https://hooks.example:" + port + "/echo")).build();
      var answer = egress("hooks.example", trusting).send(right);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession()).isPresent();

      var wrong =
          HttpRequest.newBuilder(URI.create("https://other.example:" + port + "/echo")).build();
      assertThatThrownBy(() -> egress("other.example", trusting).send(wrong))
          .isInstanceOf(SSLException.class);
      var byAddress =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/echo")).build();
      assertThatThrownBy(() -> egress("hooks.example", trusting).send(byAddress))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(
              () ->
                  egress("hooks.example", (SSLSocketFactory) SSLSocketFactory.getDefault())
                      .send(right))
          .as("nobody vouches for the certificate")
          .isInstanceOf(SSLHandshakeException.class);
    } finally {
      secure.stop(0);
    }
  }

  private void echo(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    seen.set(exchange);
    exchange.getResponseHeaders().add("X-Method", exchange.getRequestMethod());
    var head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void hold(ServerSocket server, boolean drip, CountDownLatch closed) {
    try (var connection = server.accept()) {
      if (drip) {
        connection
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
      closed.countDown();
    } catch (IOException reset) {
      closed.countDown();
    }
  }

  private static GuardedEgress egress(String host) {
    return egress(host, trusting());
  }

  private static GuardedEgress egress(String known, SSLSocketFactory tls) {
    Resolver resolver =
        host -> {
          if (!host.equals(known)) {
            throw new UnknownHostException(host);
          }
          return List.of(LOOPBACK);
        };
    return new GuardedEgress(new Guard(AllowList.parse("127.0.0.1/32"), resolver), tls);
  }

  private static SSLSocketFactory trusting() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  private URI uri(String path) {
    return URI.create("http://hooks.example:" + server.getAddress().getPort() + path);
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }

  private HttpsServer secureServer(KeyStore store) throws Exception {
    var secure = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    secure.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    secure.createContext("/echo", this::echo);
    secure.start();
    return secure;
  }

  private static SSLContext context(KeyStore store) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /**
   * Self-signed, made by the JDK's own tool; trusted because the same store serves as trust store.
   */
  private KeyStore certificateFor(String name) throws Exception {
    var file = dir.resolve("keys.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "self",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    var output = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).as(output).isZero();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    // As a certificate entry too: a key entry alone is no trust anchor.
    store.setCertificateEntry("anchor", store.getCertificate("self"));
    return store;
  }
}
