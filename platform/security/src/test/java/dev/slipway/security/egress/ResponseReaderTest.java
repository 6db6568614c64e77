package dev.slipway.security.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.net.Egress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
  @Test
  void readsStatusHeadersAndBodyByLength() throws Exception {
    var answer =
        read("HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a:  2 \r\nContent-Length: 5\r\n\r\nhellorest");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().allValues("X-a")).containsExactly("1", "2");
    assertThat(answer.body()).asString().isEqualTo("hello");
  }

  @Test
  void readsToTheEndWithoutALength() throws Exception {
    assertThat(read("HTTP/1.0 404 \r\n\r\ngone").body()).asString().isEqualTo("gone");
    assertThat(read("HTTP/1.1 404\nA: b\n\ngone").body()).asString().isEqualTo("gone");
  }

  @Test
  void readsChunks() throws Exception {
    var answer =
        read(
            "HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: Chunked\r\n\r\n"
                + "5;x=y\r\n"
                + "hello\r\n"
                + "A \r\n"
                + ", world, w\r\n"
                + "0\r\n"
                + "T: 1\r\n\r\n");
    assertThat(answer.body()).asString().isEqualTo("hello, world, w");
  }

  @Test
  void chunksWinOverALength() throws Exception {
    var answer =
        read(
            "HTTP/1.1 200 OK\r\n"
                + "Content-Length: 99\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "2\r\n"
                + "ok\r\n"
                + "0\r\n\r\n");
    assertThat(answer.body()).asString().isEqualTo("ok");
  }

  @Test
  void passesOverInterimAnswers() throws Exception {
    assertThat(read("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\n\r\n").status())
        .isEqualTo(204);
  }

  @Test
  void someAnswersHaveNoBody() throws Exception {
    assertThat(read("HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n").body()).isEmpty();
    var head =
        new ResponseReader(bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), true).read();
    assertThat(head.body()).isEmpty();
  }

  @Test
  void keepsNoMoreThanTheLimit() throws Exception {
    var big = "x".repeat(Egress.MAX_BODY + 10);
    assertThat(read("HTTP/1.1 200 OK\r\n\r\n" + big).body()).hasSize(Egress.MAX_BODY);
    assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + big).body())
        .hasSize(Egress.MAX_BODY);
    var size = Integer.toHexString(big.length());
    assertThat(
            read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"
                    + size
                    + "\r\n"
                    + big)
                .body())
        .hasSize(Egress.MAX_BODY);
    assertThat(
            read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffff\r\n" + big)
                .body())
        .hasSize(Egress.MAX_BODY);
  }

  @Test
  void endlessAnswersEnd() {
    assertThatThrownBy(
            () -> new ResponseReader(endless("HTTP/1.1 200 OK\r\n", "A: b\r\n"), false).read())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new ResponseReader(endless("HTTP/1.1 200 ", "x"), false).read())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> new ResponseReader(endless("", "HTTP/1.1 100 Go\r\n\r\n"), false).read())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                new ResponseReader(
                        endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1"),
                        false)
                    .read())
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n",
        "SSH-2.0-x\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 99 x\r\n\r\n",
        "HTTP/1.1 600 x\r\n\r\n",
        "HTTP/1.1 101 Up\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA b: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b",
        "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\u0000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"
      })
  void malformedAnswersAreFailures(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  private static ResponseReader.Answer read(String text) throws IOException {
    return new ResponseReader(bytes(text), false).read();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static InputStream endless(String start, String repeated) {
    var text = start.getBytes(StandardCharsets.ISO_8859_1);
    var more = repeated.getBytes(StandardCharsets.ISO_8859_1);
    return new InputStream() {
      private int at;

      @Override
      public int read() {
        var i = at++;
        return i < text.length ? text[i] : more[(i - text.length) % more.length];
      }
    };
  }
}
