package dev.slipway.events;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * How far one listener has come, as one delivery on one node sees it. A delivery owns the cursor by
 * a lease that it renews, not by a lock: a lock would need a transaction that stays open while the
 * listener works.
 */
final class Cursor {
  private static final Scope SCOPE = Scope.platform("delivery of events");
  private static final int LONGEST_ERROR = 1000;
  private static final long SHORTEST_WAIT = 50;

  private final Database database;
  private final String name;
  private final Pace pace;
  private final UUID owner = UUID.randomUUID();
  private final AtomicLong takenUntil = new AtomicLong(System.nanoTime());
  private volatile long trustedUntil = System.nanoTime();

  Cursor(Database database, String name, Pace pace) {
    this.database = database;
    this.name = name;
    this.pace = pace;
  }

  /** Where the listener goes on, and how often it has failed there. */
  record State(long txid, long seq, int attempts) {
    Position position() {
      return new Position(txid, seq);
    }
  }

  /** Makes the cursor at the current end of the log where it is new. */
  State open() {
    return write(
        mapper -> {
          mapper.create(name);
          return mapper.state(name);
        });
  }

  /** Whether this delivery owns the cursor for sure. */
  boolean owned() {
    return System.nanoTime() - trustedUntil < 0;
  }

  /** Empty while another owns it or its next attempt is not due. */
  Optional<State> claim() {
    var known = takenUntil.get();
    var asked = System.nanoTime();
    var state = write(mapper -> Optional.ofNullable(mapper.claim(name, owner, seconds())));
    state.ifPresentOrElse(mine -> trustSince(asked), () -> noteTaken(known));
    return state;
  }

  /** Whoever gives it back meanwhile counts more. */
  private void noteTaken(long known) {
    var millis =
        database.read(SCOPE, () -> database.mapper(CursorMapper.class).untilFree(name, owner));
    var wait =
        Math.clamp(Objects.requireNonNullElse(millis, 0L), SHORTEST_WAIT, pace.safety().toMillis());
    takenUntil.compareAndSet(known, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait));
  }

  /** How long a claim has no prospect, as far as is known; not positive where it may have one. */
  Duration taken() {
    return Duration.ofNanos(takenUntil.get() - System.nanoTime());
  }

  /** Another owner has given it back. */
  void freed() {
    takenUntil.set(System.nanoTime());
  }

  void renew() {
    var asked = System.nanoTime();
    if (write(mapper -> mapper.renew(name, owner, seconds())) == 1) {
      trustSince(asked);
    }
  }

  /** All up to here is done. False where the cursor has another owner by now; so for all below. */
  boolean advance(Position position) {
    var asked = System.nanoTime();
    return kept(asked, write(mapper -> mapper.advance(name, owner, position, seconds())) == 1);
  }

  /** Records an event as failed for good and goes on behind it. */
  boolean passOver(EventRow event, int attempts, Throwable failure) {
    var asked = System.nanoTime();
    return kept(
        asked,
        write(
            mapper -> {
              var mine = mapper.advance(name, owner, event.position(), seconds()) == 1;
              if (mine) {
                mapper.fail(Ids.next(), name, event, attempts, text(failure));
              }
              return mine;
            }));
  }

  /** All up to here is done; the next one failed and waits. Gives the cursor back. */
  void postpone(Position position, int attempts, Duration pause, Throwable failure) {
    trustedUntil = System.nanoTime();
    takenUntil.set(trustedUntil + pause.toNanos());
    write(
        mapper ->
            mapper.postpone(name, owner, position, attempts, pause.toMillis(), text(failure)));
  }

  /**
   * Nothing that concerns the listener stands before this position. No-op while another owns the
   * cursor.
   */
  void skip(Position position) {
    write(mapper -> mapper.skip(name, owner, position));
  }

  void release() {
    trustedUntil = System.nanoTime();
    write(mapper -> mapper.release(name, owner));
  }

  private void trustSince(long asked) {
    trustedUntil = asked + pace.trust().toNanos();
  }

  private boolean kept(long asked, boolean mine) {
    if (mine) {
      trustSince(asked);
    } else {
      trustedUntil = System.nanoTime();
    }
    return mine;
  }

  private double seconds() {
    return pace.lease().toMillis() / 1000.0;
  }

  private <T> T write(Function<CursorMapper, T> work) {
    return database.write(SCOPE, () -> work.apply(database.mapper(CursorMapper.class)));
  }

  // A NUL is the one character that PostgreSQL's text can not hold.
  private static String text(Throwable failure) {
    var text = failure.toString().replace('\0', ' ');
    return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
  }
}
