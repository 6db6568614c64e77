package dev.slipway.fleet.wire;

import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import dev.slipway.fleet.store.server.NodeStore.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes together which streams have ended: where a node stops or its network fails, all do. */
final class Departures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
  private static final int MOST = 500;
  private static final int MOST_KEPT = 100_000;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final Consumer<List<Held>> note;
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final List<Held> gone = new ArrayList<>();
  private final Thread thread;
  private boolean over;

  /**
   * Begins.
   *
   * @param note notes them, and gives up only after some time where that is not possible now
   */
  Departures(Consumer<List<Held>> note) {
    this.note = note;
    thread = Thread.ofVirtual().name("agents-gone").start(this::run);
  }

  /** Has the end of a stream noted soon, after something else was done; returns at once. */
  void add(Held stream, Runnable first) {
    waiting.add(
        () -> {
          first.run();
          gone.add(stream);
        });
  }

  private void run() {
    try {
      while (!over) {
        var some = new ArrayList<Runnable>(List.of(waiting.take()));
        waiting.drainTo(some, MOST);
        some.forEach(Runnable::run);
        note();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void note() {
    var streams = List.copyOf(gone);
    gone.clear();
    if (streams.isEmpty()) {
      return;
    }
    try {
      note.accept(streams);
    } catch (PlatformException failure) {
      LOG.warn("the ends of {} streams were not noted: {}", streams.size(), failure.getMessage());
      if (failure.code().kind() == ErrorKind.UNAVAILABLE) {
        noteLater(streams);
      }
    } catch (RuntimeException failure) {
      LOG.error("the ends of {} streams were not noted", streams.size(), failure);
    }
  }

  /** The database is still away; agents that can not come back add no more than they opened. */
  private void noteLater(List<Held> streams) {
    gone.addAll(streams.subList(0, Math.min(streams.size(), MOST_KEPT)));
    waiting.add(() -> {});
  }

  /** Ends when all that ended before was noted, or after 5 s. */
  @Override
  public void close() {
    waiting.add(() -> over = true);
    try {
      thread.join(LONGEST_STOP);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
