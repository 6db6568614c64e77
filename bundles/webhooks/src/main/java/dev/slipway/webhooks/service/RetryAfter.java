package dev.slipway.webhooks.service;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} (RFC 9110): seconds or a date. */
final class RetryAfter {
  private RetryAfter() {}

  /** How long to wait, at most a day; null where the receiver said nothing that can be read. */
  static @Nullable Duration of(HttpHeaders headers, Instant now) {
    var text = headers.firstValue("Retry-After").map(String::strip).orElse("");
    var wish = text.matches("[0-9]+") ? seconds(text) : until(text, now);
    if (wish == null || wish.isNegative()) {
      return null;
    }
    return wish.compareTo(RetryPlan.LONGEST_WISH) > 0 ? RetryPlan.LONGEST_WISH : wish;
  }

  private static Duration seconds(String digits) {
    return digits.length() > 9
        ? RetryPlan.LONGEST_WISH
        : Duration.ofSeconds(Long.parseLong(digits));
  }

  private static @Nullable Duration until(String text, Instant now) {
    try {
      var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return Duration.between(now, date);
    } catch (DateTimeException notADate) {
      return null;
    }
  }
}
