package dev.slipway.events;

import dev.slipway.api.CommonError;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A place in the log.
 *
 * @param txid orders transactions
 * @param seq orders the events of one; 0 stands before the first
 */
record Position(long txid, long seq) implements Comparable<Position> {
  static final Position START = new Position(0, 0);

  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,19})-([0-9]{1,19})");
  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::txid).thenComparingLong(Position::seq);

  /** Before every event that a transaction with this id or a later one publishes. */
  static Position before(long txid) {
    return new Position(txid, 0);
  }

  /** Reads what a client sent back to us. */
  static Position parse(String cursor) {
    var parts = CURSOR.matcher(cursor);
    if (!parts.matches()) {
      throw invalid();
    }
    try {
      return new Position(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    } catch (NumberFormatException tooLarge) {
      throw invalid();
    }
  }

  static RuntimeException invalid() {
    return CommonError.INVALID.of().withField("Last-Event-ID", "is no cursor of this event log");
  }

  String cursor() {
    return txid + "-" + seq;
  }

  boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  Position max(Position other) {
    return isAfter(other) ? this : other;
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
