package dev.slipway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Just enough of HTTP/2 to ping as often as one likes, which grpc-java's own client does not. */
final class RawHttp2 implements AutoCloseable {
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int ACK = 1;
  private static final int NONE = -1;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private record Frame(int type, int flags) {}

  RawHttp2(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    write(SETTINGS, 0, new byte[0]);
    while (true) {
      var frame = read(Duration.ofSeconds(20));
      if (frame.type() == SETTINGS && frame.flags() == 0) {
        write(SETTINGS, ACK, new byte[0]);
        return;
      }
    }
  }

  void ping() throws IOException {
    write(PING, 0, new byte[8]);
  }

  /** Lets time pass in which nothing but the server's own housekeeping may arrive. */
  void awaitQuiet(Duration time) throws IOException {
    var until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      var frame = read(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime())));
      assertThat(frame.type()).isNotEqualTo(GO_AWAY);
    }
  }

  void awaitPong() throws IOException {
    while (true) {
      var frame = read(Duration.ofSeconds(20));
      assertThat(frame.type()).isNotIn(GO_AWAY, NONE);
      if (frame.type() == PING && frame.flags() == ACK) {
        return;
      }
    }
  }

  /**
   * One after the other: what a server that closes has not read could take its last frame along.
   */
  void pingUntilSentAway(int most) throws IOException {
    for (var ping = 0; ping < most; ping++) {
      ping();
      Frame frame;
      do {
        frame = read(Duration.ofSeconds(20));
        assertThat(frame.type()).isNotEqualTo(NONE);
        if (frame.type() == GO_AWAY) {
          return;
        }
      } while (frame.type() != PING);
    }
    throw new AssertionError("still welcome after " + most + " pings");
  }

  private void write(int type, int flags, byte[] payload) throws IOException {
    var frame = new byte[9 + payload.length];
    frame[2] = (byte) payload.length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    System.arraycopy(payload, 0, frame, 9, payload.length);
    out.write(frame);
    out.flush();
  }

  private Frame read(Duration most) throws IOException {
    socket.setSoTimeout(Math.toIntExact(Math.max(1, most.toMillis())));
    try {
      var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      var type = in.readUnsignedByte();
      var flags = in.readUnsignedByte();
      in.readInt();
      in.readNBytes(length);
      return new Frame(type, flags);
    } catch (SocketTimeoutException quiet) {
      return new Frame(NONE, 0);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
