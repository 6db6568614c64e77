package dev.slipway.events;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the end of the log on behalf of a whole node. An event is signalled to its readers when
 * it can be read, which may be later than its commit; one reader finds that out for all of them,
 * and wakes only those whom the event concerns.
 */
final class Tail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Scope SCOPE = Scope.platform("following the event log");
  private static final int PAGE = 200;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(2);
  private static final Duration SAFETY = Duration.ofSeconds(30);
  private static final Duration WORTH_A_WARNING = Duration.ofMinutes(1);

  private final EventLog log;
  private final SignalBus signals;
  private final BiConsumer<Position, List<Placed>> heard;
  private final Wake wake = new Wake();
  private final Subscription subscription;
  private final Thread thread;
  private volatile boolean closed;

  private volatile Position position;
  private Duration pause = FIRST_PAUSE;
  private long heldSince;
  private boolean warned;

  /**
   * Begins at the current end.
   *
   * @param heard gets the events that have become readable behind a position, all of them in order,
   *     on the tail's thread
   */
  Tail(EventLog log, SignalBus signals, BiConsumer<Position, List<Placed>> heard) {
    this.log = log;
    this.signals = signals;
    this.heard = heard;
    position = log.horizon(SCOPE);
    // Who read before this moment does not know what came between.
    signals.deliverAll();
    subscription = signals.on(EventLog.APPENDED, wake::up);
    thread = Thread.ofVirtual().name("events tail").start(this::follow);
  }

  /** Up to here it has told of all. */
  Position position() {
    return position;
  }

  @Override
  public void close() {
    closed = true;
    subscription.close();
    wake.up();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try {
      while (!closed) {
        wake.await(next());
      }
    } catch (InterruptedException interrupted) {
      LOG.debug("the tail was interrupted", interrupted);
    }
  }

  private Duration next() {
    try {
      return step();
    } catch (RuntimeException failure) {
      LOG.warn("the event log can not be read, next try in {}", FAILURE_PAUSE, failure);
      return FAILURE_PAUSE;
    }
  }

  private Duration step() {
    var page = log.placed(SCOPE, position, PAGE);
    var readable = page.stream().takeWhile(event -> !event.held()).toList();
    if (!readable.isEmpty()) {
      signal(readable);
      heard.accept(position, readable);
      position = readable.getLast().position();
    }
    if (!readable.isEmpty() || page.isEmpty()) {
      pause = FIRST_PAUSE;
      heldSince = System.nanoTime();
      warned = false;
    }
    if (readable.size() == page.size()) {
      return page.size() == PAGE ? Duration.ZERO : SAFETY;
    }
    return untilEarlierOnesEnd();
  }

  private Duration untilEarlierOnesEnd() {
    var held = Duration.ofNanos(System.nanoTime() - heldSince);
    if (!warned && held.compareTo(WORTH_A_WARNING) > 0) {
      warned = true;
      LOG.warn("an open transaction has held back all newer events for {} s", held.toSeconds());
    }
    var now = pause;
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    return now;
  }

  private void signal(List<Placed> readable) {
    var topics = new HashSet<String>();
    for (var event : readable) {
      var tenant = event.tenantId();
      topics.add(tenant == null ? Events.platformTopic() : Events.topic(tenant));
      topics.add(Events.subjectTopic(event.subjectId()));
    }
    topics.forEach(signals::deliver);
  }
}
