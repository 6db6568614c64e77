package dev.slipway.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending a delivery once.
 *
 * @param responseCode 0 = no answer
 * @param responseBody at most 4096 bytes
 * @param error why there was no answer; null where there was one
 * @param retryAfter how long the receiver asks to be left alone
 */
public record Attempt(
    Instant at,
    int responseCode,
    String responseBody,
    int durationMs,
    @Nullable String error,
    @Nullable Duration retryAfter) {

  /** Whether the receiver has taken it. */
  public boolean success() {
    return responseCode / 100 == 2;
  }

  /** The receiver will never want anything again. */
  public boolean gone() {
    return responseCode == 410;
  }

  /** The receiver, or what stands before it, can not keep up. */
  public boolean throttled() {
    return responseCode == 429 || responseCode == 502 || responseCode == 504;
  }

  /** As it is kept with the delivery. */
  public Map<String, @Nullable Object> toMap() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("at", at.toString());
    map.put("responseCode", responseCode);
    map.put("durationMs", durationMs);
    map.put("error", error);
    return map;
  }
}
