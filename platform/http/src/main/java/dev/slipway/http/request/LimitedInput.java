package dev.slipway.http.request;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request body that ends in 413 as soon as it is longer than its route allows. */
final class LimitedInput extends FilterInputStream {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedInput.class);
  static final long DEFAULT = 1024 * 1024;
  private static final long MOST_DISCARDED = 8 * 1024 * 1024;

  private final long announced;
  private long limit = DEFAULT;
  private long read;
  private boolean broken;

  private final boolean awaitsPermission;

  /**
   * Wraps a body.
   *
   * @param announced its Content-Length, -1 where it has none
   * @param awaitsPermission whether the client sends it only once we begin to read
   */
  LimitedInput(InputStream in, long announced, boolean awaitsPermission) {
    super(in);
    this.announced = announced;
    this.awaitsPermission = awaitsPermission;
  }

  /**
   * Reads what is left and forgets it, up to a bound: beyond it the connection is simply closed.
   */
  void discard() {
    if (awaitsPermission && read == 0 || announced > MOST_DISCARDED) {
      return;
    }
    limit = Long.MAX_VALUE;
    try {
      var buffer = new byte[8192];
      var most = read + MOST_DISCARDED;
      while (read < most && read(buffer) >= 0) {
        // Nothing is kept.
      }
    } catch (IOException | PlatformException gone) {
      LOG.debug("client left while its body was discarded", gone);
    }
  }

  void limit(long bytes) {
    limit = bytes;
    if (announced > bytes) {
      throw CommonError.TOO_LARGE.of(bytes);
    }
  }

  /** Whether its end was not received. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int got;
    try {
      got = super.read(buffer, offset, length);
    } catch (IOException | RuntimeException failure) {
      // Chunks that are none, or a client that left in the middle of its body.
      LOG.debug("a body could not be received", failure);
      broken = true;
      throw CommonError.MALFORMED.of("it did not arrive whole");
    }
    if (got > 0) {
      count(got);
    }
    return got;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int more) {
    read += more;
    if (read > limit) {
      throw CommonError.TOO_LARGE.of(limit);
    }
  }
}
