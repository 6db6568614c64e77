package dev.slipway.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the tail has told a listener of and it has not taken yet, so that a listener that keeps up
 * need not ask the database. One that does not is told no more than so much, and reads the log.
 */
final class Inbox {
  private static final int MOST = 100;

  private final Predicate<Placed> wanted;
  private final List<Placed> events = new ArrayList<>();

  /** Between these two all that is wanted is here. */
  private Position since;

  private Position until;

  /**
   * What was taken.
   *
   * @param complete whether these are all that are wanted behind the position that was asked for
   * @param until up to here the tail has told
   */
  record Told(boolean complete, List<Placed> events, Position until) {}

  /**
   * Makes an empty one.
   *
   * @param start what was told before is not here
   */
  Inbox(Predicate<Placed> wanted, Position start) {
    this.wanted = wanted;
    since = start;
    until = start;
  }

  /**
   * Adds all that the tail has found behind a position.
   *
   * @return whether any of it is wanted
   */
  synchronized boolean add(Position from, List<Placed> found) {
    var some = found.stream().filter(wanted).toList();
    if (!from.equals(until)) {
      events.clear();
      since = from;
    }
    until = found.getLast().position();
    if (events.size() + some.size() <= MOST) {
      events.addAll(some);
    } else {
      events.clear();
      since = until;
    }
    return !some.isEmpty();
  }

  /** Takes what is behind a position; what is not complete is left to the log. */
  synchronized Told take(Position position) {
    var complete = position.compareTo(since) >= 0;
    var taken =
        events.stream().filter(event -> complete && event.position().isAfter(position)).toList();
    events.clear();
    since = until;
    return new Told(complete, taken, until);
  }
}
