package dev.slipway.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Which part of a list is asked for. A resource method that declares a parameter of this type
 * receives the query parameters {@code limit} (1..200, default 50) and {@code offset} (from 0),
 * already checked.
 *
 * @param limit most rows to return
 * @param offset rows to skip
 */
@ProviderType
public record PageRequest(int limit, int offset) {
  /** Hard maximum of {@link #limit}. */
  public static final int MAX_LIMIT = 200;

  /** What applies where the client says nothing. */
  public static final int DEFAULT_LIMIT = 50;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw CommonError.INVALID.of().withField("limit", "must be between 1 and " + MAX_LIMIT);
    }
    if (offset < 0) {
      throw CommonError.INVALID.of().withField("offset", "must not be negative");
    }
  }
}
