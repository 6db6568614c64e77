package dev.slipway.scriptworker.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads messages; for one thread. */
public final class FrameReader {
  /** Longest frame in bytes: a source, an event or a result with all that may stand around it. */
  public static final int LONGEST = 4 * 1024 * 1024;

  private final DataInputStream in;

  public FrameReader(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in));
  }

  /**
   * Waits for the next message.
   *
   * @throws EOFException where the other side is gone
   */
  public Message read() throws IOException {
    var length = in.readInt();
    if (length < 1 || length > LONGEST) {
      throw new ProtocolException("a frame of " + length + " bytes");
    }
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return Codec.decode(bytes);
  }
}
