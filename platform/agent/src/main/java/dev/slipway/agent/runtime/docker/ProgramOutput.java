package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what a program in a container writes, and keeps the end of what it complains of. A slow
 * taker slows the program down; one that fails ends the reading.
 */
final class ProgramOutput extends ResultCallback.Adapter<Frame> {
  private static final int MOST_ERRORS = 2048;

  private final OutputStream output;
  private final StringBuilder errors = new StringBuilder();
  private volatile @Nullable IOException fault;

  ProgramOutput(OutputStream output) {
    this.output = output;
  }

  @Override
  public void onNext(Frame frame) {
    if (frame.getStreamType() == StreamType.STDERR) {
      complain(new String(frame.getPayload(), StandardCharsets.UTF_8));
      return;
    }
    try {
      output.write(frame.getPayload());
    } catch (IOException e) {
      fault = e;
      onError(e);
    }
  }

  private synchronized void complain(String text) {
    errors.append(text);
    if (errors.length() > MOST_ERRORS) {
      errors.delete(0, errors.length() - MOST_ERRORS);
    }
  }

  synchronized String errors() {
    return errors.toString().strip();
  }

  /** False when the time is up. */
  boolean awaitEnd(Duration limit) throws RuntimeRefusal, IOException, InterruptedException {
    try {
      return ContainerStreams.await(this, limit);
    } catch (RuntimeRefusal | IOException e) {
      var own = fault;
      if (own != null) {
        throw own;
      }
      throw e;
    }
  }
}
