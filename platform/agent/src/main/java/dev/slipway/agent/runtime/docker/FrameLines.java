package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.slipway.agent.os.LineSplitter;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Cuts the frames of a container's output into lines, each stream by itself. A slow taker slows the
 * reading of the connection down.
 */
final class FrameLines extends ResultCallback.Adapter<Frame> {
  private final Map<StreamType, LineSplitter> splitters = new EnumMap<>(StreamType.class);
  private final Taker taker;
  private volatile boolean ended;

  /** Takes one line. */
  interface Taker {
    void line(boolean error, String text) throws InterruptedException;
  }

  FrameLines(Taker taker) {
    this.taker = taker;
  }

  @Override
  public void onNext(Frame frame) {
    var type = frame.getStreamType();
    var splitter =
        splitters.computeIfAbsent(
            type, t -> new LineSplitter(line -> taker.line(t == StreamType.STDERR, line)));
    try {
      splitter.accept(frame.getPayload(), 0, frame.getPayload().length);
    } catch (InterruptedException e) {
      giveUp();
    }
  }

  @Override
  public void onComplete() {
    try {
      for (var splitter : splitters.values()) {
        splitter.finish();
      }
    } catch (InterruptedException e) {
      giveUp();
    }
    super.onComplete();
  }

  /** Whether no more lines come. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    super.close();
  }

  private void giveUp() {
    Thread.currentThread().interrupt();
    try {
      close();
    } catch (IOException e) {
      onError(e);
    }
  }
}
