package dev.slipway.security.egress;

import dev.slipway.api.net.Egress;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads one HTTP/1.1 answer. What an answer may not do (RFC 9112) ends in an IOException, never in
 * a guess.
 */
final class ResponseReader {
  private static final int MAX_HEAD = 64 * 1024;
  private static final int MAX_HEADERS = 200;
  private static final int MAX_INTERIM = 8;
  private static final int MAX_CHUNK_LINE = 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");

  private final InputStream in;
  private final boolean head;
  private int headBytes;

  ResponseReader(InputStream in, boolean head) {
    this.in = new BufferedInputStream(in, 16 * 1024);
    this.head = head;
  }

  /** An answer; of its body at most {@link Egress#MAX_BODY} bytes. */
  record Answer(int status, HttpHeaders headers, byte[] body) {}

  Answer read() throws IOException {
    for (var i = 0; i < MAX_INTERIM; i++) {
      var status = status();
      var headers = headers();
      if (status == 101) {
        throw new IOException("the server switched protocols unasked");
      }
      if (status >= 200) {
        return new Answer(status, headers, body(status, headers));
      }
    }
    throw new IOException("the server sends interim answers only");
  }

  private int status() throws IOException {
    var line = STATUS.matcher(line());
    if (!line.matches()) {
      throw new IOException("the server does not speak HTTP/1.1");
    }
    return Integer.parseInt(line.group(1));
  }

  private HttpHeaders headers() throws IOException {
    Map<String, List<String>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    var count = 0;
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      if (colon < 1 || !NAME.matcher(line.substring(0, colon)).matches() || ++count > MAX_HEADERS) {
        throw new IOException("the answer's headers are malformed or too many");
      }
      found
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return HttpHeaders.of(found, (name, value) -> true);
  }

  private byte[] body(int status, HttpHeaders headers) throws IOException {
    if (head || status == 204 || status == 304) {
      return new byte[0];
    }
    var codings = headers.allValues("Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (codings.size() != 1 || !codings.getFirst().toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new IOException("the answer's transfer coding is not known");
      }
      return chunked();
    }
    var lengths = headers.allValues("Content-Length").stream().distinct().toList();
    if (lengths.isEmpty()) {
      return in.readNBytes(Egress.MAX_BODY);
    }
    if (lengths.size() > 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
      throw new IOException("the answer's length is malformed");
    }
    return exactly((int) Math.min(Long.parseLong(lengths.getFirst()), Egress.MAX_BODY));
  }

  private byte[] chunked() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      var line = CHUNK.matcher(line(MAX_CHUNK_LINE));
      if (!line.matches()) {
        throw new IOException("the answer's chunks are malformed");
      }
      var size = Long.parseLong(line.group(1), 16);
      var room = Egress.MAX_BODY - body.size();
      if (size > 0) {
        body.writeBytes(exactly((int) Math.min(size, room)));
      }
      // The trailer after the last chunk is of no interest, and the connection is not used again.
      if (size == 0 || size >= room) {
        return body.toByteArray();
      }
      if (!line(2).isEmpty()) {
        throw new IOException("the answer's chunks are malformed");
      }
    }
  }

  private byte[] exactly(int size) throws IOException {
    var bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the answer ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = line(MAX_HEAD - headBytes);
    headBytes += line.length() + 2;
    return line;
  }

  private String line(int limit) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the answer ended early");
      }
      if (line.size() >= limit) {
        throw new IOException("a line of the answer is too long");
      }
      line.write(b);
    }
    var text = line.toString(StandardCharsets.ISO_8859_1);
    text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
      throw new IOException("the answer has stray control characters");
    }
    return text;
  }
}
