package dev.slipway.events;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Signals.Subscription;
import dev.slipway.api.spi.EventListener;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to one listener while it is registered, on a thread of its own. Of all deliveries to
 * a listener of that name, on this node or another, the one that owns the cursor works and the
 * others wait.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Scope SCOPE = Scope.platform("delivery of events");
  private static final int BATCH = 100;
  private static final int LONGEST_NAME = 150;
  // After a crash at most this much work is delivered again.
  private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
  private static final Duration SKIP_EVERY = Duration.ofMinutes(10);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(2);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final EventListener listener;
  private final String name;
  private final EventFilter filter;
  private final Selection selection;
  private final EventLog log;
  private final Cursor cursor;
  private final SignalBus signals;
  private final Pace pace;
  private final Wake wake = new Wake();
  private final Subscription freed;
  private final Thread thread;

  private volatile boolean stopped;
  private volatile boolean busy;

  private @Nullable Position position;
  private int failures;
  private long savedAt = System.nanoTime();

  Delivery(EventListener listener, EventLog log, Cursor cursor, SignalBus signals, Pace pace) {
    this.listener = listener;
    this.log = log;
    this.cursor = cursor;
    this.signals = signals;
    this.pace = pace;
    name = nameOf(listener);
    filter = listener.filter();
    selection = Selection.of(SCOPE, filter);
    freed = signals.on(freedTopic(), wake::up);
    thread = Thread.ofVirtual().name("events " + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  static String nameOf(EventListener listener) {
    var name = listener.name();
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a listener's name has 1 to 150 characters");
    }
    return name;
  }

  boolean serves(EventListener candidate) {
    return listener == candidate;
  }

  String name() {
    return name;
  }

  /** Called for each event that has become readable. */
  void heard(Placed event) {
    var subject = filter.subjectId();
    if ((subject == null || subject.equals(event.subjectId())) && filter.matches(event.type())) {
      wake.up();
    }
  }

  /** Keeps the cursor while the listener works. */
  void renew() {
    if (busy) {
      cursor.renew();
    }
  }

  /** Ends after the event in hand at the latest. */
  void stop() {
    stopped = true;
    freed.close();
    wake.up();
  }

  /** Waits for the end, up to ten seconds; half way it interrupts the listener. */
  void awaitEnd() throws InterruptedException {
    if (!thread.join(GRACE)) {
      LOG.warn("listener {} is still at work; interrupting it", name);
      thread.interrupt();
      if (!thread.join(GRACE)) {
        LOG.error("listener {} does not end; it is left behind", name);
      }
    }
  }

  private void run() {
    try {
      while (!stopped) {
        wake.await(round());
      }
    } catch (InterruptedException interrupted) {
      LOG.debug("delivery to {} was interrupted", name);
    }
    leave();
  }

  private Duration round() {
    try {
      return step();
    } catch (RuntimeException failure) {
      LOG.warn("delivery to {} is at a halt, next try in {}", name, FAILURE_PAUSE, failure);
      return FAILURE_PAUSE;
    } finally {
      busy = false;
    }
  }

  /** Returns how long to rest when there is no news. */
  private Duration step() {
    if (position == null) {
      position = cursor.open().position();
    }
    // Taken before the log is read: what is missing there is missing up to here.
    var horizon = log.horizon(SCOPE);
    if (!cursor.owned()) {
      if (!log.any(SCOPE, selection, position)) {
        return idle(position, horizon);
      }
      if (!claim(position)) {
        var wait = cursor.untilFree();
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : shorter(wait, pace.safety());
      }
    }
    busy = true;
    var batch = log.rows(SCOPE, selection, position, BATCH);
    return batch.isEmpty() ? idle(position, horizon) : deliver(batch);
  }

  private Duration idle(Position current, Position horizon) {
    position = current.max(horizon);
    if (System.nanoTime() - savedAt > SKIP_EVERY.toNanos()) {
      savedAt = System.nanoTime();
      cursor.skip(position);
    }
    return pace.safety();
  }

  private boolean claim(Position current) {
    var state = cursor.claim();
    state.ifPresent(
        mine -> {
          position = current.max(mine.position());
          failures = mine.attempts();
        });
    return state.isPresent();
  }

  private Duration deliver(List<EventRow> batch) {
    savedAt = System.nanoTime();
    for (var event : batch) {
      if (stopped || !cursor.owned()) {
        break;
      }
      var failure = hand(event);
      if (failure != null) {
        return failed(event, failure);
      }
      done(event);
      if (System.nanoTime() - savedAt > SAVE_EVERY.toNanos()) {
        save();
      }
    }
    save();
    return Duration.ZERO;
  }

  /** Returns the failure, if any. */
  private @Nullable Throwable hand(EventRow event) {
    try {
      listener.on(event.event());
      return null;
    } catch (Throwable failure) {
      // Foreign code: a class that it can not load must not end its delivery either.
      return failure;
    } finally {
      // An interrupt was meant for the listener; it would break the next statement.
      Thread.interrupted();
    }
  }

  private Duration failed(EventRow event, Throwable failure) {
    if (stopped) {
      // Interrupted or robbed of its bundle: that is no fault of the event.
      save();
      return Duration.ZERO;
    }
    failures++;
    if (failures >= pace.attempts()) {
      LOG.error(
          "listener {} failed {} times; passing over {}", name, failures, event.id(), failure);
      if (cursor.passOver(event, failures, failure)) {
        done(event);
      }
      return Duration.ZERO;
    }
    var pause = pace.retryAfter(failures);
    LOG.warn("listener {} failed on {}, next try in {}", name, event.id(), pause, failure);
    cursor.postpone(behindLast(), failures, pause, failure);
    return pause;
  }

  private void done(EventRow event) {
    position = event.position();
    failures = 0;
  }

  private void save() {
    savedAt = System.nanoTime();
    if (!cursor.advance(behindLast())) {
      LOG.warn("another node has taken over listener {}", name);
    }
  }

  private Position behindLast() {
    return position == null ? Position.START : position;
  }

  private void leave() {
    if (position == null) {
      return;
    }
    try {
      cursor.skip(position);
      cursor.release();
      signals.raise(freedTopic());
    } catch (RuntimeException failure) {
      LOG.warn("the cursor of {} stays taken until its lease ends", name, failure);
    }
  }

  private String freedTopic() {
    return "listener-free:" + name;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
