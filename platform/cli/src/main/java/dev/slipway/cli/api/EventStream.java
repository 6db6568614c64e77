package dev.slipway.cli.api;

import dev.slipway.cli.config.Timeouts;
import dev.slipway.cli.output.CliException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events over as many connections as it takes: a connection that ends, breaks or falls
 * silent is replaced, and the platform is told the last event that was seen. For one thread.
 */
public final class EventStream implements AutoCloseable {
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(4);

  private final Function<String, Optional<ChunkQueue>> connect;
  private final Timeouts timeouts;
  private final Patience patience;
  private final Queue<ServerEvent> pending = new ArrayDeque<>();
  private EventParser parser = new EventParser("");
  private @Nullable ChunkQueue connection;
  private Duration retry = FIRST_RETRY;
  private long nextTry = System.nanoTime();
  private long lastByte = System.nanoTime();
  private boolean over;

  /** {@code connect} takes the last event's id; it answers nothing when the stream is over. */
  EventStream(Function<String, Optional<ChunkQueue>> connect, Timeouts timeouts) {
    this.connect = connect;
    this.timeouts = timeouts;
    this.patience = new Patience(timeouts.patience());
  }

  /** The next event, or nothing when none has come in time. */
  public Optional<ServerEvent> next(Duration wait) {
    var deadline = System.nanoTime() + wait.toNanos();
    while (pending.isEmpty() && !over) {
      var left = deadline - System.nanoTime();
      if (connection == null) {
        reconnect(left);
        if (connection != null) {
          // The wait is for an event; how long the connection took does not count.
          deadline = System.nanoTime() + wait.toNanos();
          continue;
        }
      } else {
        receive(connection, left);
      }
      if (left <= 0) {
        break;
      }
    }
    return Optional.ofNullable(pending.poll());
  }

  /** The platform has said that nothing more will come. */
  public boolean isOver() {
    return over && pending.isEmpty();
  }

  /** Silence means that there is nothing to tell, not that there is nobody to tell it. */
  public boolean isConnected() {
    return connection != null;
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.cancel();
      connection = null;
    }
  }

  private void reconnect(long leftNanos) {
    var pause = nextTry - System.nanoTime();
    if (pause > 0) {
      LockSupport.parkNanos(Math.min(pause, Math.max(leftNanos, 0)));
      if (Thread.interrupted()) {
        throw CliException.interrupted(new InterruptedException());
      }
      return;
    }
    try {
      connect
          .apply(parser.lastId())
          .ifPresentOrElse(
              opened -> {
                connection = opened;
                lastByte = System.nanoTime();
                parser = new EventParser(parser.lastId());
              },
              () -> over = true);
    } catch (CliException e) {
      patience.bear(e);
      retryLater();
    }
  }

  private void receive(ChunkQueue source, long leftNanos) {
    var silence = timeouts.idle().toNanos() - (System.nanoTime() - lastByte);
    try {
      var chunk = source.poll(Duration.ofNanos(Math.min(leftNanos, silence)));
      switch (chunk) {
        case ChunkQueue.Chunk.Data data -> {
          lastByte = System.nanoTime();
          data.buffers().forEach(buffer -> pending.addAll(parser.feed(buffer)));
          patience.succeeded();
          retry = parser.retry().orElse(FIRST_RETRY);
        }
        case ChunkQueue.Chunk.End end -> lost();
        case null -> {
          if (silence <= 0) {
            lost();
          }
        }
      }
    } catch (InterruptedException e) {
      throw CliException.interrupted(e);
    }
  }

  private void lost() {
    close();
    retryLater();
  }

  private void retryLater() {
    nextTry = System.nanoTime() + retry.toNanos();
    if (retry.compareTo(LONGEST_RETRY) < 0) {
      retry = retry.multipliedBy(2);
    }
  }
}
