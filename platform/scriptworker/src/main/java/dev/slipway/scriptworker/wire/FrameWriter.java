package dev.slipway.scriptworker.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes messages, each as a whole; for any thread. */
public final class FrameWriter {
  private final OutputStream out;

  public FrameWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes these one after another, in one go: each go wakes the other side. */
  public void write(Message... messages) throws IOException {
    var frames = new byte[messages.length][];
    var length = 0;
    for (var i = 0; i < messages.length; i++) {
      frames[i] = Codec.encode(messages[i]);
      if (frames[i].length > FrameReader.LONGEST) {
        throw new ProtocolException("a message of " + frames[i].length + " bytes");
      }
      length += Integer.BYTES + frames[i].length;
    }
    var all = ByteBuffer.allocate(length);
    for (var frame : frames) {
      all.putInt(frame.length).put(frame);
    }
    synchronized (this) {
      out.write(all.array());
      out.flush();
    }
  }
}
