package dev.slipway.agent.edge;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Carries a body from one connection to another, piece by piece as it arrives. Chunks are parsed
 * and written anew, so that nothing a sender hides in chunk extensions or trailers gets through.
 */
final class Body {
  /** No byte for so long ends the exchange. */
  static final Duration IDLE = Duration.ofMinutes(5);

  private static final int PIECE = 8192;
  private static final int ROOM = 8;
  private static final int MAX_CHUNK_LINE = 256;
  private static final int MAX_TRAILERS = 8 * 1024;

  private final Wire from;
  private final Wire to;

  /** Content, with room before and behind it so that a chunk leaves in one write. */
  private final byte[] piece = new byte[ROOM + PIECE + 2];

  private long bytes;

  Body(Wire from, Wire to) {
    this.from = from;
    this.to = to;
  }

  /**
   * @param rechunk write chunks although the source has none, for a body that ends with its
   *     connection
   * @return bytes of content
   */
  long carry(Framing framing, boolean rechunk) throws IOException, BadMessage {
    switch (framing) {
      case Framing.None none -> {}
      case Framing.Length length -> copy(length.bytes());
      case Framing.Chunked chunked -> copyChunks(rechunk);
      case Framing.UntilClose untilClose -> copyToEnd(rechunk);
    }
    return bytes;
  }

  private void copy(long length) throws IOException {
    for (long left = length; left > 0; ) {
      int count = next(left);
      if (count < 0) {
        throw new EOFException("the body is shorter than announced");
      }
      forward(count, false);
      left -= count;
    }
  }

  private void copyChunks(boolean rechunk) throws IOException, BadMessage {
    for (long size = chunkSize(); size > 0; size = chunkSize()) {
      for (long left = size; left > 0; ) {
        int count = next(left);
        if (count < 0) {
          throw new EOFException("the body ended within a chunk");
        }
        forward(count, rechunk);
        left -= count;
      }
      if (!from.line(0, 400).isEmpty()) {
        throw new BadMessage(400, "a chunk longer than announced");
      }
    }
    skipTrailers();
    if (rechunk) {
      to.write("0\r\n\r\n");
    }
  }

  private void copyToEnd(boolean rechunk) throws IOException {
    for (int count = next(PIECE); count >= 0; count = next(PIECE)) {
      forward(count, rechunk);
    }
    if (rechunk) {
      to.write("0\r\n\r\n");
    }
  }

  private int next(long most) throws IOException {
    from.allow(IDLE);
    to.allow(IDLE);
    return from.read(piece, ROOM, (int) Math.min(most, PIECE));
  }

  private void forward(int count, boolean asChunk) throws IOException {
    int start = ROOM;
    int end = ROOM + count;
    if (asChunk) {
      var size = (Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      start -= size.length;
      System.arraycopy(size, 0, piece, start, size.length);
      piece[end++] = '\r';
      piece[end++] = '\n';
    }
    to.write(piece, start, end - start);
    bytes += count;
  }

  private long chunkSize() throws IOException, BadMessage {
    var line = from.line(MAX_CHUNK_LINE, 400);
    int extension = line.indexOf(';');
    var digits = extension < 0 ? line : line.substring(0, extension);
    if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
      throw new BadMessage(400, "a malformed chunk size");
    }
    return Long.parseLong(digits, 16);
  }

  private void skipTrailers() throws IOException, BadMessage {
    int left = MAX_TRAILERS;
    for (var line = from.line(left, 431); !line.isEmpty(); line = from.line(left, 431)) {
      left -= line.length();
    }
  }
}
