package dev.slipway.agent.os;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a byte stream into lines at LF, CR or CRLF (a progress bar's CR ends a line too). A line is
 * bounded: what goes beyond is dropped and marked. Bytes that are not UTF-8 become U+FFFD. Not
 * thread-safe.
 */
public final class LineSplitter {
  /** Bytes of one line. */
  public static final int MAX_LINE = 16 * 1024;

  private static final String CUT_MARK = "...[truncated]";

  private final LineSink sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private boolean cut;
  private boolean afterCarriageReturn;

  public LineSplitter(LineSink sink) {
    this.sink = sink;
  }

  public void accept(byte[] bytes, int offset, int length) throws InterruptedException {
    for (int i = offset; i < offset + length; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        if (!afterCarriageReturn) {
          flush();
        }
        afterCarriageReturn = false;
      } else if (b == '\r') {
        flush();
        afterCarriageReturn = true;
      } else {
        afterCarriageReturn = false;
        append(b);
      }
    }
  }

  /** Hands over a last line that has no end. */
  public void finish() throws InterruptedException {
    if (line.size() > 0 || cut) {
      flush();
    }
  }

  private void append(byte b) {
    if (line.size() < MAX_LINE) {
      line.write(b);
    } else {
      cut = true;
    }
  }

  private void flush() throws InterruptedException {
    var text = line.toString(StandardCharsets.UTF_8);
    var marked = cut ? text + CUT_MARK : text;
    line.reset();
    cut = false;
    sink.line(marked);
  }
}
