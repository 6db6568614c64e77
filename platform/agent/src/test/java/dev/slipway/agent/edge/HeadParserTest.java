package dev.slipway.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadParserTest {
  /** A connection whose peer has already said everything. */
  static final class SpokenSocket extends Socket {
    private final InputStream said;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    SpokenSocket(String text) {
      said = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public InputStream getInputStream() {
      return said;
    }

    @Override
    public OutputStream getOutputStream() {
      return heard;
    }

    String heard() {
      return heard.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static HeadParser.Request parse(String text) throws Exception {
    try (var wire = new Wire(new SpokenSocket(text))) {
      return HeadParser.request(wire);
    }
  }

  private static Framing framing(String headers) throws Exception {
    var request = parse("POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    return Framing.ofRequest(request.headers(), request.http11());
  }

  @Test
  void readsAnOrdinaryRequest() throws Exception {
    var request = parse("GET /a/b?c=d HTTP/1.1\r\nHost: App.Example.ORG:8000\r\nX-A:  b \r\n\r\n");
    assertThat(request.host()).isEqualTo("app.example.org");
    assertThat(request.path()).isEqualTo("/a/b");
    assertThat(request.target()).isEqualTo("/a/b?c=d");
    assertThat(request.headers().first("x-a")).contains("b");
    assertThat(request.keepsAlive()).isTrue();
  }

  @Test
  void absoluteTargetNamesTheHost() throws Exception {
    var request = parse("GET http://one.example/x HTTP/1.1\r\nHost: two.example\r\n\r\n");
    assertThat(request.host()).isEqualTo("one.example");
    assertThat(request.target()).isEqualTo("/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0001b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        "G\u00e9T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
      })
  void refusesWhatCouldBeReadInTwoWays(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            BadMessage.class, fault -> assertThat(fault.status()).isEqualTo(400));
  }

  @Test
  void boundsEveryLength() {
    assertThatThrownBy(() -> parse("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .isInstanceOfSatisfying(BadMessage.class, f -> assertThat(f.status()).isEqualTo(414));
    assertThatThrownBy(
            () -> parse("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"))
        .isInstanceOfSatisfying(BadMessage.class, f -> assertThat(f.status()).isEqualTo(431));
    assertThatThrownBy(
            () -> parse("GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(101) + "\r\n"))
        .isInstanceOfSatisfying(BadMessage.class, f -> assertThat(f.status()).isEqualTo(431));
    assertThatThrownBy(() -> parse("GET / HTTP/2.0\r\nHost: a\r\n\r\n"))
        .isInstanceOfSatisfying(BadMessage.class, f -> assertThat(f.status()).isEqualTo(505));
  }

  @Test
  void framingIsOneOrNone() throws Exception {
    assertThat(framing("")).isEqualTo(new Framing.None());
    assertThat(framing("Content-Length: 0\r\n")).isEqualTo(new Framing.None());
    assertThat(framing("Content-Length: 12\r\n")).isEqualTo(new Framing.Length(12));
    assertThat(framing("Transfer-Encoding: Chunked\r\n")).isEqualTo(new Framing.Chunked());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: \r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: \u000bchunked\r\n",
      })
  void ambiguousFramingIsRefused(String headers) {
    assertThatThrownBy(() -> framing(headers)).isInstanceOf(BadMessage.class);
  }

  @Test
  void http10HasNoChunks() throws Exception {
    var request = parse("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    assertThatThrownBy(() -> Framing.ofRequest(request.headers(), request.http11()))
        .isInstanceOf(BadMessage.class);
  }

  @Test
  void connectionHeaderTakesAlongButNotWhatMustStay() throws Exception {
    var request =
        parse(
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close, X-Hop, Cookie\r\nX-Hop: 1\r\n"
                + "Cookie: c\r\nTE: trailers\r\nX-Stay: 2\r\n\r\n");
    assertThat(request.headers().forwardable(Set.of("host")))
        .extracting(Header::name)
        .containsExactly("Cookie", "X-Stay");
  }

  @Test
  void bodyChunksAreParsedStrictlyAndWrittenAnew() throws Exception {
    var from = new Wire(new SpokenSocket("5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: t\r\n\r\nGET"));
    var target = new SpokenSocket("");
    var bytes = new Body(from, new Wire(target)).carry(new Framing.Chunked(), true);
    assertThat(bytes).isEqualTo(6);
    assertThat(target.heard()).isEqualTo("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n");
    assertThat((char) from.read()).isEqualTo('G');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhelloX\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\nhello",
      })
  void malformedChunksAreRefused(String body) throws Exception {
    var from = new Wire(new SpokenSocket(body));
    var to = new Wire(new SpokenSocket(""));
    assertThatThrownBy(() -> new Body(from, to).carry(new Framing.Chunked(), true))
        .isInstanceOf(BadMessage.class);
  }
}
