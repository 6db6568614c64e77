package dev.slipway.agent.runtime.process;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.LineSplitter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that one stream of an app is written to, and how far it has been read. The file is a
 * buffer only: once read to its end it is emptied. Not thread-safe.
 */
final class OutputFile {
  private static final int CHUNK = 64 * 1024;
  private static final int CHUNKS_A_TURN = 16;
  private static final long EMPTY_FROM = 1 << 20;

  /** More unread output than this is skipped: the app writes faster than anybody reads. */
  private static final long MAX_BACKLOG = 32 << 20;

  private final Path file;
  private long offset;
  private long blanked;

  OutputFile(Path file, long offset) {
    this.file = file;
    this.offset = offset;
  }

  Path path() {
    return file;
  }

  long offset() {
    return offset;
  }

  /**
   * Hands over the new whole lines.
   *
   * @param ended true hands over a last line without end as well
   */
  boolean read(boolean ended, LineSink lines) throws IOException, InterruptedException {
    long size = Files.exists(file) ? Files.size(file) : 0;
    if (size < offset) {
      // Emptied by an earlier life of the agent that did not come to write the offset down.
      offset = 0;
      blanked = 0;
    }
    if (size == offset) {
      return false;
    }
    var splitter = new LineSplitter(lines);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (size - offset > MAX_BACKLOG) {
        lines.line("[slipway] " + (size - offset) + " bytes of output were skipped");
        channel.truncate(0);
        offset = 0;
        blanked = 0;
        return true;
      }
      for (int i = 0; i < CHUNKS_A_TURN && chunk(channel, ended, splitter); i++) {}
      splitter.finish();
      if (offset >= EMPTY_FROM && offset == channel.size()) {
        channel.truncate(0);
        offset = 0;
        blanked = 0;
      }
    }
    return true;
  }

  /**
   * Overwrites what was read, for here stand secrets as the app wrote them. The app only appends,
   * so nothing that is new can be hit. To be called once {@link #offset} is kept: what is blank
   * cannot be read again.
   */
  void blank() throws IOException {
    if (blanked >= offset) {
      return;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      while (blanked < offset) {
        var zeros = ByteBuffer.allocate((int) Math.min(CHUNK, offset - blanked));
        blanked += channel.write(zeros, blanked);
      }
    }
  }

  /** False when nothing more can be read now. */
  private boolean chunk(FileChannel channel, boolean ended, LineSplitter splitter)
      throws IOException, InterruptedException {
    var buffer = ByteBuffer.allocate(CHUNK);
    int read = channel.read(buffer, offset);
    if (read <= 0) {
      return false;
    }
    int whole = wholeLines(buffer.array(), read);
    if (whole == 0 && (ended || read >= LineSplitter.MAX_LINE)) {
      whole = read;
    }
    splitter.accept(buffer.array(), 0, whole);
    offset += whole;
    return whole > 0;
  }

  private static int wholeLines(byte[] bytes, int length) {
    for (int i = length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }
}
