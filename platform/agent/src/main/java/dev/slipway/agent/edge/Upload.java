package dev.slipway.agent.edge;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request on its way to the instance, carried beside the answer: an instance may
 * answer before it has read everything, and a stream may go both ways.
 */
final class Upload {
  private volatile boolean done;
  private volatile @Nullable BadMessage fault;

  private Upload(boolean done) {
    this.done = done;
  }

  static Upload start(Wire client, Wire upstream, Framing framing, boolean expectsContinue)
      throws IOException {
    if (framing instanceof Framing.None) {
      return new Upload(true);
    }
    if (expectsContinue) {
      client.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    var upload = new Upload(false);
    Thread.ofVirtual().name("edge-upload").start(() -> upload.carry(client, upstream, framing));
    return upload;
  }

  private void carry(Wire client, Wire upstream, Framing framing) {
    try {
      new Body(client, upstream).carry(framing, framing instanceof Framing.Chunked);
      done = true;
    } catch (BadMessage e) {
      // The instance must not take half a body for a whole one.
      fault = e;
      upstream.close();
    } catch (IOException e) {
      endEarly(upstream);
    }
  }

  /** One side is gone. The instance sees the body end too soon; an answer it gave is still read. */
  private static void endEarly(Wire upstream) {
    try {
      upstream.endOutput();
    } catch (IOException e) {
      // It was the instance that went: its side ends by itself.
      upstream.allow(Duration.ofSeconds(5));
    }
  }

  /** What was wrong with the body, if anything. */
  @Nullable BadMessage fault() {
    return fault;
  }

  /** Whether the whole body went out, so that the client connection stands at the next request. */
  boolean isDone() {
    return done;
  }
}
