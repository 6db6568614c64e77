package dev.slipway.api;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Ids of rows: UUID version 7 (RFC 9562). They sort by time of creation; those of one process in
 * exactly the order in which they were made, also within a millisecond and when its clock is set
 * back.
 */
@ProviderType
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NANOS_PER_MILLI = 1_000_000;

  /** Time of the newest id in 4096ths of a millisecond. */
  private static final AtomicLong NEWEST = new AtomicLong();

  private Ids() {}

  /** A new id: 60 bits of time, in 4096ths of a millisecond, and 62 random ones. */
  public static UUID next() {
    var now = Instant.now();
    var fraction = now.getNano() % NANOS_PER_MILLI * 4096L / NANOS_PER_MILLI;
    var present = now.toEpochMilli() << 12 | fraction;
    var time = NEWEST.updateAndGet(newest -> Math.max(newest + 1, present));
    var high = time >>> 12 << 16 | 0x7000L | time & 0xfffL;
    var low = RANDOM.nextLong();
    return new UUID(high, low & 0x3fffffffffffffffL | 0x8000000000000000L);
  }

  /**
   * Reads an id from text; refuses with 400 naming the field where it is no UUID in canonical form.
   */
  public static UUID parse(String field, String text) {
    if (text.length() == 36) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException notAnId) {
        throw CommonError.INVALID.of().withField(field, "must be a UUID");
      }
    }
    throw CommonError.INVALID.of().withField(field, "must be a UUID");
  }
}
