package dev.slipway.deployments.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.ReceivePack;

/** Whoever pushes, at a terminal: git shows there what it is told, behind "remote:". */
public final class Pusher {
  private static final int PROGRESS = 2;

  /** Fits into a packet of the oldest clients. */
  private static final int LONGEST = 900;

  /** What may do something to a terminal; tabulators may not. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t]]");

  private final ReceivePack receiver;
  private final OutputStream out;

  Pusher(ReceivePack receiver, OutputStream out) {
    this.receiver = receiver;
    this.out = out;
  }

  /**
   * Shows a line, also to a client that calls itself quiet: git does so wherever it is at no
   * terminal.
   *
   * @throws IOException where the pusher is gone
   */
  public void say(String line) throws IOException {
    var text = CONTROL.matcher(line).replaceAll("") + "\n";
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var at = 0; at < bytes.length; at += LONGEST) {
      packet(bytes, at, Math.min(LONGEST, bytes.length - at));
    }
    out.flush();
  }

  /**
   * Shows nothing, and keeps the connection from being taken for dead.
   *
   * @throws IOException where the pusher is gone
   */
  public void ping() throws IOException {
    packet(new byte[0], 0, 0);
    out.flush();
  }

  private void packet(byte[] bytes, int offset, int length) throws IOException {
    if (receiver.isSideBand()) {
      // What the receiver itself has to say goes first.
      receiver.getMessageOutputStream().flush();
      out.write(String.format("%04x", length + 5).getBytes(StandardCharsets.US_ASCII));
      out.write(PROGRESS);
      out.write(bytes, offset, length);
    }
  }
}
