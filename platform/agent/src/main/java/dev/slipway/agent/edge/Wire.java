package dev.slipway.agent.edge;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * One TCP connection with a read buffer and a deadline. The deadline is kept by {@link Deadlines}:
 * when it passes the socket is closed, which ends a blocked read and a blocked write alike. One
 * thread reads and one writes.
 */
final class Wire implements Closeable {
  private static final int BUFFER = 8192;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private volatile long deadlineNanos = Long.MAX_VALUE;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  String peer() {
    return socket.getInetAddress().getHostAddress();
  }

  /** The connection must make progress within this time from now. */
  void allow(Duration time) {
    deadlineNanos = System.nanoTime() + time.toNanos();
  }

  boolean isOverdue(long nowNanos) {
    return deadlineNanos != Long.MAX_VALUE && nowNanos - deadlineNanos > 0;
  }

  /** -1 at the end of the stream. */
  int read() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xff;
  }

  /** Waits for the first byte of what comes next; false when the peer has ended instead. */
  boolean awaitByte() throws IOException {
    return position < limit || fill();
  }

  /** What is there, at least one byte; -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  /**
   * A line that ends with CRLF and nothing else.
   *
   * @param most bytes without the end
   */
  String line(int most, int statusIfLonger) throws IOException, BadMessage {
    var text = new StringBuilder(64);
    while (true) {
      int b = read();
      if (b < 0) {
        throw new EOFException("the connection ended within a line");
      }
      if (b == '\r') {
        if (read() != '\n') {
          throw new BadMessage(400, "a carriage return within a line");
        }
        return text.toString();
      }
      if (b == '\n' || b == 0) {
        throw new BadMessage(400, "a line that does not end with CRLF");
      }
      if (text.length() == most) {
        throw new BadMessage(statusIfLonger, "a line that is too long");
      }
      text.append((char) b);
    }
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  void writeHead(String startLine, List<Header> headers) throws IOException {
    var text = new StringBuilder(512).append(startLine).append("\r\n");
    for (var header : headers) {
      text.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    write(text.append("\r\n").toString());
  }

  void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Closing is all that was wanted; a socket that cannot be closed is already gone.
      deadlineNanos = Long.MAX_VALUE;
    }
  }
}
