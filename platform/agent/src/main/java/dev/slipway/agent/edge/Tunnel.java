package dev.slipway.agent.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes both ways between two connections after a switch of protocols. */
final class Tunnel {
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final int PIECE = 8192;

  private final Wire client;
  private final Wire upstream;
  private final AtomicLong toClient = new AtomicLong();

  Tunnel(Wire client, Wire upstream) {
    this.client = client;
    this.upstream = upstream;
  }

  /** Returns when both directions have ended; answers how many bytes the client got. */
  long run() {
    var back = Thread.ofVirtual().name("edge-tunnel").start(() -> carry(client, upstream));
    carry(upstream, client);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return toClient.get();
  }

  private void carry(Wire from, Wire to) {
    var piece = new byte[PIECE];
    try {
      for (int n = read(from, to, piece); n >= 0; n = read(from, to, piece)) {
        to.write(piece, 0, n);
        if (to == client) {
          toClient.addAndGet(n);
        }
      }
      to.endOutput();
    } catch (IOException e) {
      // Broken on one side: the other must not wait for it.
      from.close();
      to.close();
    }
  }

  private static int read(Wire from, Wire to, byte[] piece) throws IOException {
    from.allow(IDLE);
    to.allow(IDLE);
    return from.read(piece, 0, piece.length);
  }
}
