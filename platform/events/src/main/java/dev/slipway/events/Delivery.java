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
  private static final Duration SKIP_EVERY = Duration.ofMinutes(10);
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
  private final Inbox inbox;
  private final Subscription freed;
  private final Thread thread;

  private volatile boolean stopped;
  private volatile boolean busy;

  private @Nullable Position position;
  private int failures;
  private boolean unsaved;
  private long savedAt = System.nanoTime();

  /**
   * Makes one that has not begun.
   *
   * @param told where the tail is
   */
  Delivery(
      EventListener listener,
      EventLog log,
      Cursor cursor,
      SignalBus signals,
      Pace pace,
      Position told) {
    this.listener = listener;
    this.log = log;
    this.cursor = cursor;
    this.signals = signals;
    this.pace = pace;
    inbox = new Inbox(this::concerns, told);
    name = nameOf(listener);
    filter = listener.filter();
    selection = Selection.of(SCOPE, filter);
    freed = signals.on(freedTopic(), this::freed);
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

  /** Called with all events that have become readable behind a position. */
  void heard(Position from, List<Placed> events) {
    if (inbox.add(from, events)) {
      wake.up();
    }
  }

  private boolean concerns(Placed event) {
    var subject = filter.subjectId();
    return (subject == null || subject.equals(event.subjectId())) && filter.matches(event.type());
  }

  /** Whoever had the cursor gives it back. */
  private void freed() {
    cursor.freed();
    wake.up();
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
    var told = inbox.take(position);
    if (told.complete() && told.events().isEmpty()) {
      return idle(told.until());
    }
    if (!cursor.owned()) {
      if (cursor.taken().isPositive()) {
        return cursor.taken();
      }
      if (!told.complete() && !log.any(SCOPE, selection, position)) {
        return idle(told.until());
      }
      if (!claim(position)) {
        return cursor.taken();
      }
    }
    busy = true;
    var events =
        told.complete()
            ? told.events().stream().map(log::row).toList()
            : log.rows(SCOPE, selection, position, BATCH);
    return deliver(events, told.until());
  }

  /** Nothing that concerns the listener stands before this position. */
  private Duration idle(Position reached) {
    position = behindLast().max(reached);
    var rest = Duration.ofNanos(System.nanoTime() - savedAt);
    if (unsaved && rest.compareTo(pace.unsaved()) < 0) {
      return pace.unsaved().minus(rest);
    }
    if (unsaved) {
      save();
    } else if (rest.compareTo(SKIP_EVERY) > 0) {
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

  /**
   * Hands events over.
   *
   * @param reached where they are fewer than a batch nothing else stands before this position
   */
  private Duration deliver(List<EventRow> batch, Position reached) {
    for (var event : batch) {
      if (stopped || !cursor.owned()) {
        return Duration.ZERO;
      }
      if (!event.position().isAfter(behindLast())) {
        // Its former owner has done it.
        continue;
      }
      var failure = hand(event);
      if (failure != null) {
        return failed(event, failure);
      }
      done(event);
      if (System.nanoTime() - savedAt > pace.unsaved().toNanos()) {
        save();
      }
    }
    return batch.size() == BATCH ? Duration.ZERO : idle(reached);
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
    unsaved = false;
    return pause;
  }

  private void done(EventRow event) {
    position = event.position();
    failures = 0;
    if (!unsaved) {
      unsaved = true;
      savedAt = System.nanoTime();
    }
  }

  private void save() {
    savedAt = System.nanoTime();
    if (!cursor.advance(behindLast())) {
      LOG.warn("another node has taken over listener {}", name);
    }
    unsaved = false;
  }

  private Position behindLast() {
    return position == null ? Position.START : position;
  }

  private void leave() {
    if (position == null) {
      return;
    }
    try {
      if (unsaved) {
        save();
      } else {
        cursor.skip(position);
      }
      cursor.release();
      signals.raise(freedTopic());
    } catch (RuntimeException failure) {
      LOG.warn("the cursor of {} stays taken until its lease ends", name, failure);
    }
  }

  private String freedTopic() {
    return "listener-free:" + name;
  }
}
