package dev.slipway.webhooks.service;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** What is kept of a receiver's answer. */
final class ResponseText {
  private static final int MAX_BYTES = 4096;

  private ResponseText() {}

  /**
   * The beginning as text of at most 4096 bytes; what is no text, or no column takes, is replaced.
   */
  static String of(byte[] body) {
    var text =
        new String(body, 0, Math.min(body.length, MAX_BYTES), StandardCharsets.UTF_8)
            .replace('\0', '\ufffd');
    var kept = ByteBuffer.allocate(MAX_BYTES);
    // Stops before the character that does not fit.
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text), kept, true);
    return new String(kept.array(), 0, kept.position(), StandardCharsets.UTF_8);
  }
}
