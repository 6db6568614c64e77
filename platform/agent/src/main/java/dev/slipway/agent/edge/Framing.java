package dev.slipway.agent.edge;

import java.util.List;
import java.util.regex.Pattern;

/** How the end of a body is known. */
sealed interface Framing {
  /** No body. */
  record None() implements Framing {}

  /** So many bytes. */
  record Length(long bytes) implements Framing {}

  record Chunked() implements Framing {}

  /** Until the sender closes; responses only. */
  record UntilClose() implements Framing {}

  Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  /**
   * Of a request. Whatever two parsers could read differently is refused: both framings at once,
   * other transfer codings, repeated or odd lengths.
   */
  static Framing ofRequest(Headers headers, boolean http11) throws BadMessage {
    var codings = headers.all("Transfer-Encoding");
    var lengths = headers.all("Content-Length");
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty() || !http11 || codings.size() > 1) {
        throw new BadMessage(400, "ambiguous body length");
      }
      if (!codings.getFirst().equalsIgnoreCase("chunked")) {
        throw new BadMessage(501, "unknown transfer coding");
      }
      return new Chunked();
    }
    if (lengths.isEmpty()) {
      return new None();
    }
    return length(lengths);
  }

  /** Of the response to a request with that method. */
  static Framing ofResponse(Headers headers, int status, String method) throws BadMessage {
    if (method.equals("HEAD") || status == 204 || status == 304 || status < 200) {
      return new None();
    }
    var codings = headers.all("Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
        throw new BadMessage(502, "unknown transfer coding");
      }
      return new Chunked();
    }
    var lengths = headers.all("Content-Length");
    return lengths.isEmpty() ? new UntilClose() : length(lengths);
  }

  private static Framing length(List<String> lengths) throws BadMessage {
    var value = lengths.getFirst();
    if (lengths.size() > 1 || !DIGITS.matcher(value).matches()) {
      throw new BadMessage(400, "ambiguous body length");
    }
    var bytes = Long.parseLong(value);
    return bytes == 0 ? new None() : new Length(bytes);
  }
}
