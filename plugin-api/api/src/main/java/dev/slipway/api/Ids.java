package dev.slipway.api;

import java.security.SecureRandom;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Ids of rows: UUID version 7 (RFC 9562), so that they sort by time of creation. */
@ProviderType
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** A new id. Its first 48 bits are the current time in milliseconds, the others random. */
  public static UUID next() {
    var bytes = new byte[10];
    RANDOM.nextBytes(bytes);
    var high =
        System.currentTimeMillis() << 16 | 0x7000L | (bytes[0] & 0x0fL) << 8 | bytes[1] & 0xffL;
    var low = 0L;
    for (var i = 2; i < 10; i++) {
      low = low << 8 | bytes[i] & 0xffL;
    }
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
