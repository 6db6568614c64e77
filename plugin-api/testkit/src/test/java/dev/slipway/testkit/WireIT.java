package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no decent client sends. */
class WireIT {
  static TestPlatform platform;
  static final UUID TENANT = Ids.next();
  static TestClient owner;

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.register(new HttpIT.Toy());
    owner = platform.as(TENANT, Role.OWNER);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  private static String say(String firstLine, String... headers) throws IOException {
    return RawHttp.say(platform.url(), head(firstLine, headers) + "\r\n");
  }

  private static String head(String firstLine, String... headers) {
    var request = new StringBuilder(firstLine).append("\r\n");
    request.append("Host: localhost\r\nConnection: close\r\n");
    request.append("Authorization: ").append(owner.header("Authorization").orElseThrow());
    request.append("\r\nX-Tenant-ID: ").append(TENANT).append("\r\n");
    for (var header : headers) {
      request.append(header).append("\r\n");
    }
    return request.toString();
  }

  private static void refused(int status, String answer) {
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(status);
    assertThat(answer)
        .contains("Content-Type: application/problem+json")
        .contains("X-Request-ID: ")
        .contains("X-API-Version: 0.0.0-test")
        .contains("\"code\":")
        .contains("\"status\":" + status)
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/toys/%zz",
        "/api/toys/%",
        "/api/toys/%0",
        "/api/toys?kind=%",
        "/api/toys?kind=%00",
        "/api/toys/%00",
        "/api/toys/..%2fadmin",
        "//api/toys"
      })
  void addressesThatCanNotBeReadAreRefused(String address) throws IOException {
    refused(400, say("GET " + address + " HTTP/1.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?kind=%ff%fe", "?kind=%ED%A0%80", "?kind=\u00ff", "?kind=%C0%80"})
  void textThatIsNoUtf8IsNoServerError(String query) throws IOException {
    assertThat(RawHttp.status(say("GET /api/toys" + query + " HTTP/1.1"))).isEqualTo(400);
  }

  @Test
  void tooMuchHeadIsRefused() throws IOException {
    refused(431, say("GET /api/toys HTTP/1.1", "X-Much: " + "x".repeat(20_000)));
    refused(414, say("GET /api/toys?q=" + "x".repeat(20_000) + " HTTP/1.1"));
  }

  @Test
  void framingThatTwoServersCouldReadDifferentlyIsRefused() throws IOException {
    var both = new String[] {"Content-Length: 4", "Transfer-Encoding: chunked"};
    refused(400, say("POST /api/toys HTTP/1.1", both));
    refused(400, say("POST /api/toys HTTP/1.1", "Content-Length: 4", "Content-Length: 5"));
    refused(400, say("POST /api/toys HTTP/1.1", "Content-Length: -1"));
    refused(400, say("GET /api/toys HTTP/1.1", "X-Odd: a\u0000b"));
  }

  @Test
  void anIncomingRequestIdIsNotRepeated() throws IOException {
    var answer = say("GET /api/nothing HTTP/1.1", "X-Request-ID: <script>alert(1)</script>\tx");
    refused(404, answer);
    assertThat(answer).doesNotContain("script");
  }

  @Test
  void bodiesInChunksHaveTheSameLimit() throws IOException {
    var chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
    var json =
        head(
            "POST /api/toys HTTP/1.1",
            "Transfer-Encoding: chunked",
            "Content-Type: application/json");
    refused(413, RawHttp.say(platform.url(), json + "\r\n" + chunk.repeat(33) + "0\r\n\r\n"));
    var upload =
        head(
            "POST /api/toys/upload HTTP/1.1",
            "Transfer-Encoding: chunked",
            "Content-Type: application/gzip");
    refused(413, RawHttp.say(platform.url(), upload + "\r\n" + chunk + "0\r\n\r\n"));
    refused(400, RawHttp.say(platform.url(), json + "\r\nnonsense\r\n{}\r\n0\r\n\r\n"));
  }

  @Test
  void aBodyThatIsTooLargeIsNotEvenAskedFor() throws IOException {
    var answer =
        say(
            "POST /api/toys HTTP/1.1",
            "Expect: 100-continue",
            "Content-Type: application/json",
            "Content-Length: 9000000");
    refused(413, answer);
    assertThat(answer).doesNotContain("100 Continue");
  }

  @Test
  void packedBodiesAreNotUnpacked() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"name\":\"a\",\"size\":1}".getBytes(StandardCharsets.UTF_8));
    }
    var answer =
        owner
            .with("Content-Encoding", "gzip")
            .send("POST", "/api/toys", packed.toByteArray(), "application/json");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.at("/code")).isEqualTo("request.media-type");
  }

  @Test
  void headIsGetWithoutABody() throws IOException {
    var answer = say("HEAD /api/toys/admin HTTP/1.1");
    assertThat(RawHttp.status(answer)).isEqualTo(403);
    var list = say("HEAD /api/toys HTTP/1.1");
    assertThat(RawHttp.status(list)).isEqualTo(200);
    assertThat(list).endsWith("\r\n\r\n");
    // A stream would go on for ever.
    var stream = say("HEAD /api/toys/waiting HTTP/1.1");
    assertThat(RawHttp.status(stream)).isEqualTo(200);
    assertThat(stream).contains("text/event-stream").endsWith("\r\n\r\n");
  }

  @Test
  void optionsNamesTheMethods() {
    var answer = platform.anonymous().send("OPTIONS", "/api/toys", null, "text/plain");
    assertThat(answer.status()).isIn(200, 204);
    assertThat(answer.header("Allow").orElse("")).contains("GET", "POST");
    assertThat(platform.anonymous().send("OPTIONS", "/api/nothing", null, "text/plain").status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "FOO", "PROPFIND", "CONNECT"})
  void otherMethodsAreRefused(String verb) throws IOException {
    var answer = say(verb + " /api/toys HTTP/1.1");
    assertThat(RawHttp.status(answer)).as(answer).isIn(400, 405);
    refused(RawHttp.status(answer), answer);
  }

  @Test
  void whatNobodyCanShowIsRefused() {
    var answer = platform.anonymous().with("Accept", "image/png").get("/api/docs");
    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.at("/code")).isEqualTo("request.not-acceptable");
    var odd = platform.anonymous().with("Accept", "nonsense").get("/api/docs");
    assertThat(odd.status()).isEqualTo(406);
  }

  @Test
  void limitedOperationsSayWhatIsLeft() {
    platform.resetRateLimits();
    var anyone = platform.anonymous();
    for (var left : List.of("1", "0", "0")) {
      var answer = anyone.get("/api/toys/limited");
      assertThat(answer.header("X-RateLimit-Limit")).contains("2");
      assertThat(answer.header("X-RateLimit-Remaining")).contains(left);
      assertThat(Integer.parseInt(answer.header("X-RateLimit-Reset").orElseThrow()))
          .isBetween(1, 3601);
      assertThat(answer.header("Retry-After").isPresent()).isEqualTo(answer.status() == 429);
    }
    assertThat(owner.get("/api/toys").header("X-RateLimit-Limit")).isEmpty();
  }
}
