package dev.slipway.deployments.source;

import dev.slipway.api.PlatformException;
import dev.slipway.deployments.DeploymentsError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * An archive as it arrives and is unpacked. Whoever unpacks it tells of faults in it by the same
 * exceptions as of a connection that broke, and believes what it says of its own size; this knows
 * better.
 */
final class ArchiveSource {
  /** Most bytes in front of a file's content: headers, long names, and what a folder carries. */
  private static final long MOST_BETWEEN = 1L << 20;

  private static final int BUFFER = 1 << 16;

  private final InputStream archive;
  private boolean broken;
  private long left;

  ArchiveSource(InputStream archive) {
    this.archive = new Watched(archive);
  }

  /** The plain tar. */
  InputStream unzipped() throws IOException {
    try {
      return new Rationed(new GZIPInputStream(archive, BUFFER));
    } catch (IOException failure) {
      throw fault(failure);
    }
  }

  /** How many bytes of content may be unpacked from now on. */
  void allow(long bytes) {
    left = bytes + MOST_BETWEEN;
  }

  /** The content of a file; what is wrong with it is told as a refusal. */
  InputStream content(InputStream tar) {
    return new Content(tar);
  }

  /** A broken connection stays what it is; all else is the archive's fault. */
  PlatformException fault(Exception failure) throws IOException {
    if (broken && failure instanceof IOException connection) {
      throw connection;
    }
    return DeploymentsError.ARCHIVE_INVALID.of("it is no whole gzipped tar");
  }

  private final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      broken = true;
      var one = super.read();
      broken = false;
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      broken = true;
      var count = super.read(buffer, offset, length);
      broken = false;
      return count;
    }
  }

  /** A few packed bytes can be very many unpacked; no more than allowed is given out. */
  private final class Rationed extends FilterInputStream {
    Rationed(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var count = super.read(buffer, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
      var skipped = super.skip(Math.min(wanted, left + 1));
      count(skipped);
      return skipped;
    }

    private void count(long more) {
      left -= more;
      if (left < 0) {
        throw DeploymentsError.ARCHIVE_TOO_LARGE.of("more than 1 MiB between two files");
      }
    }
  }

  private final class Content extends FilterInputStream {
    Content(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException failure) {
        throw fault(failure);
      }
    }
  }
}
