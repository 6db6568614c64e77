package dev.slipway.webhooks.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  static @Nullable Duration read(String value) {
    return RetryAfter.of(
        HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, text) -> true), NOW);
  }

  @Test
  void readsSecondsAndDates() {
    assertThat(read("120")).isEqualTo(Duration.ofMinutes(2));
    assertThat(read("Fri, 1 May 2026 12:10:00 GMT")).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void nobodyCanAskForMoreThanADay() {
    assertThat(read("86401")).isEqualTo(Duration.ofDays(1));
    assertThat(read("9".repeat(40))).isEqualTo(Duration.ofDays(1));
    assertThat(read("Fri, 1 May 2099 12:10:00 GMT")).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "1.5", "Fri, 1 May 2020 12:10:00 GMT", "١٢"})
  void whatCanNotBeReadCountsForNothing(String value) {
    assertThat(read(value)).isNull();
  }
}
