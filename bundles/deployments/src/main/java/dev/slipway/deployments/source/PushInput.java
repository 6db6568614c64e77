package dev.slipway.deployments.source;

import dev.slipway.api.PlatformException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a push: commands, and a pack behind them. Whoever reads a pack makes room for as many
 * objects as it says it has, so that this is looked at before; and whoever sends one too slowly is
 * not waited for.
 */
final class PushInput extends InputStream {
  private static final Logger LOG = LoggerFactory.getLogger(PushInput.class);
  private static final int MOST_COMMANDS = 1 << 20;
  private static final int LENGTH = 4;
  private static final int HEADER = 12;
  private static final byte[] MAGIC = "PACK".getBytes(StandardCharsets.US_ASCII);
  private static final long MOST_OBJECTS = 500_000;

  /** How long a push may take to arrive. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final InputStream in;
  private final Gate gate;
  private final long until = System.nanoTime() + LONGEST.toNanos();
  private byte[] header = new byte[0];
  private int told;
  private boolean begun;

  /** Asked once, before the pack is read. */
  interface Gate {
    void pass() throws IOException;
  }

  /** For one push. */
  PushInput(InputStream in, Gate gate) {
    this.in = in;
    this.gate = gate;
  }

  /** The body from its start. */
  InputStream whole() throws IOException {
    return new SequenceInputStream(new ByteArrayInputStream(commands()), this);
  }

  /** Up to the mark that ends them; what makes no sense is left to whoever parses it. */
  private byte[] commands() throws IOException {
    var all = new ByteArrayOutputStream();
    while (true) {
      var length = in.readNBytes(LENGTH);
      all.write(length);
      var bytes = size(length) - LENGTH;
      if (bytes < 0) {
        return all.toByteArray();
      }
      if (all.size() + bytes > MOST_COMMANDS) {
        throw new IOException("too many commands in one push");
      }
      all.write(in.readNBytes(bytes));
    }
  }

  private static int size(byte[] length) {
    try {
      return Integer.parseInt(new String(length, StandardCharsets.US_ASCII), 16);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  private void begin() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    gate.pass();
    header = in.readNBytes(HEADER);
    if (header.length == HEADER && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      var objects = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(8));
      if (objects > MOST_OBJECTS) {
        throw new IOException("more than " + MOST_OBJECTS + " objects in one push");
      }
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    begin();
    if (System.nanoTime() > until) {
      throw new IOException("the push took longer than " + LONGEST.toMinutes() + " minutes");
    }
    if (told < header.length) {
      var count = Math.min(length, header.length - told);
      System.arraycopy(header, told, buffer, offset, count);
      told += count;
      return count;
    }
    return in.read(buffer, offset, length);
  }

  /** Whoever counts how much may come takes none for the end. */
  @Override
  public int available() {
    return 1;
  }

  /** Reads what is left: git hears what was refused only after it has sent all it has. */
  void discard() {
    begun = true;
    var buffer = new byte[1 << 16];
    try {
      while (System.nanoTime() < until && in.read(buffer, 0, buffer.length) >= 0) {
        // Nothing is kept.
      }
    } catch (IOException | PlatformException gone) {
      LOG.debug("a pusher left before all was read", gone);
    }
  }
}
