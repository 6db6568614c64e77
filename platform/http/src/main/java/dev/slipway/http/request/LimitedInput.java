package dev.slipway.http.request;

import dev.slipway.api.CommonError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body that ends in 413 as soon as it is longer than its route allows. */
final class LimitedInput extends FilterInputStream {
  static final long DEFAULT = 1024 * 1024;

  private final long announced;
  private long limit = DEFAULT;
  private long read;

  /**
   * Wraps a body.
   *
   * @param announced its Content-Length, -1 where it has none
   */
  LimitedInput(InputStream in, long announced) {
    super(in);
    this.announced = announced;
  }

  void limit(long bytes) {
    limit = bytes;
    if (announced > bytes) {
      throw CommonError.TOO_LARGE.of(bytes);
    }
  }

  @Override
  public int read() throws IOException {
    var next = super.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var got = super.read(buffer, offset, length);
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
