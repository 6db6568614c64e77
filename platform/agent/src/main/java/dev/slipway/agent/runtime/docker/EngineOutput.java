package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ResponseItem;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.LineSplitter;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Progress of the engine as lines, and its verdict; both without what is secret. */
final class EngineOutput<T extends ResponseItem> extends ResultCallback.Adapter<T> {
  private static final int LAST_LINES = 10;

  private final Masking masking;
  private final Deque<String> last = new ArrayDeque<>();
  private final LineSplitter splitter;
  private volatile @Nullable String fault;

  EngineOutput(Masking masking, LineSink lines) {
    this.masking = masking;
    splitter =
        new LineSplitter(
            line -> {
              if (!line.isBlank()) {
                var shown = masking.apply(line);
                remember(shown);
                lines.line(shown);
              }
            });
  }

  private synchronized void remember(String line) {
    if (last.size() == LAST_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
  }

  @Override
  public void onNext(T item) {
    var detail = item.getErrorDetail();
    if (detail != null) {
      fault = detail.getMessage() == null ? "failed" : detail.getMessage();
    }
    // Layers report their bytes many times a second; only what has words of its own is a line.
    var text = item.getStream() != null ? item.getStream() : status(item);
    try {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      splitter.accept(bytes, 0, bytes.length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String status(ResponseItem item) {
    return item.getStatus() == null || item.getProgressDetail() != null
        ? ""
        : item.getStatus() + "\n";
  }

  void await(Duration limit, String what) throws RuntimeRefusal, IOException, InterruptedException {
    try {
      if (!awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new RuntimeRefusal(what + " took longer than " + limit.toMinutes() + " minutes");
      }
      splitter.finish();
    } catch (DockerException e) {
      throw new RuntimeRefusal(what + " failed: " + masking.apply(DockerEngine.shortened(e)));
    } catch (RuntimeException e) {
      throw new RuntimeRefusal(what + " failed: " + masking.apply(String.valueOf(e.getMessage())));
    } finally {
      close();
    }
    var verdict = fault;
    if (verdict != null) {
      synchronized (this) {
        throw new RuntimeRefusal(
            what + " failed: " + masking.apply(verdict) + "\n" + String.join("\n", last));
      }
    }
  }
}
