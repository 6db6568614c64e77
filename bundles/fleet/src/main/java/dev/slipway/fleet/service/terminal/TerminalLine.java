package dev.slipway.fleet.service.terminal;

import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import dev.slipway.api.event.Signals;
import dev.slipway.fleet.service.terminal.TerminalLines.Numbered;
import dev.slipway.fleet.service.terminal.TerminalLines.Place;
import dev.slipway.fleet.service.terminal.TerminalLines.Word;
import dev.slipway.fleet.store.terminal.TerminalStore.Put;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a line between nodes. {@link #send} and {@link #receive} block and are for one thread
 * each. Those are not to be interrupted, which would cost them their connection to the database;
 * {@link #close} ends both.
 */
final class TerminalLine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalLine.class);

  /** Signals may get lost. */
  private static final long LOOK_MILLIS = 1_000;

  private final TerminalLines lines;
  private final Place place;
  private final Semaphore news = new Semaphore(0);
  private final Semaphore room = new Semaphore(0);
  private final Signals.Subscription subscription;
  private final Queue<Numbered> waiting = new ArrayDeque<>();
  private long sent;
  private long taken;
  private volatile boolean over;

  TerminalLine(TerminalLines lines, Place place, Signals signals) {
    this.lines = lines;
    this.place = place;
    subscription = signals.on(place.topic(), this::look);
  }

  UUID sessionId() {
    return place.sessionId();
  }

  boolean isOver() {
    return over;
  }

  /** Asks whether the other end is still there, for who has nothing to send or to receive. */
  void check() {
    if (Boolean.FALSE.equals(asked(() -> lines.isOpen(place.sessionId())))) {
      over = true;
    }
  }

  /** Ends what waits here; the other end is told by {@link TerminalLines#close}. */
  @Override
  public void close() {
    over = true;
    look();
    subscription.close();
  }

  private void look() {
    news.release();
    room.release();
  }

  /** Sends a word, once there is room; false where nobody will take it. */
  boolean send(Word word) {
    var numbered = new Numbered(++sent, word);
    while (!over) {
      var put = asked(() -> lines.put(place, numbered));
      if (put == Put.SENT) {
        return true;
      }
      if (put == Put.GONE) {
        over = true;
      } else {
        await(room);
      }
    }
    return false;
  }

  /** The next word; null once none will come. */
  @Nullable Word receive() {
    while (!over && waiting.isEmpty()) {
      var come = asked(() -> new Come(lines.take(place, taken)));
      if (come != null && come.words() == null) {
        over = true;
      } else if (come == null || come.words().isEmpty()) {
        await(news);
      } else {
        waiting.addAll(come.words());
      }
    }
    var next = waiting.poll();
    if (next == null) {
      return null;
    }
    taken = next.number();
    return next.word();
  }

  /** What the database answered; its words are null where the line is gone. */
  private record Come(@Nullable List<Numbered> words) {}

  /** Null while the database is away. */
  private <T> @Nullable T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (PlatformException failure) {
      if (failure.code().kind() != ErrorKind.UNAVAILABLE) {
        throw failure;
      }
      LOG.debug("terminal {} waits for the database", place.sessionId(), failure);
      return null;
    }
  }

  private static void await(Semaphore signal) {
    try {
      if (signal.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        signal.drainPermits();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
