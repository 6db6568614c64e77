package dev.slipway.scriptworker.wire;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes messages, each as a whole; for any thread. */
public final class FrameWriter {
  private final DataOutputStream out;

  public FrameWriter(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  public synchronized void write(Message message) throws IOException {
    var bytes = Codec.encode(message);
    if (bytes.length > FrameReader.LONGEST) {
      throw new ProtocolException("a message of " + bytes.length + " bytes");
    }
    var frame = new byte[bytes.length + Integer.BYTES];
    java.nio.ByteBuffer.wrap(frame).putInt(bytes.length).put(bytes);
    out.write(frame);
    out.flush();
  }
}
