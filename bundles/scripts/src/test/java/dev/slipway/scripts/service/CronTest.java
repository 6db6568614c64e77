package dev.slipway.scripts.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *      | UTC           | 2026-01-01T00:00:30Z | 2026-01-01T00:01:00Z",
        "*/15 * * * *   | UTC           | 2026-01-01T00:45:00Z | 2026-01-01T01:00:00Z",
        "30 4 * * *     | Europe/Berlin | 2026-01-01T00:00:00Z | 2026-01-01T03:30:00Z",
        "0 9 * * mon-fri| UTC           | 2026-01-02T10:00:00Z | 2026-01-05T09:00:00Z",
        "0 0 29 2 *     | UTC           | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
        "0 0 13 * fri   | UTC           | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
        "0 0 1 jan,jul *| UTC           | 2026-01-01T00:00:00Z | 2026-07-01T00:00:00Z",
        "5 0 * * 7      | UTC           | 2026-01-01T00:00:00Z | 2026-01-04T00:05:00Z",
        "10-20/5 3 * * *| UTC           | 2026-01-01T03:16:00Z | 2026-01-01T03:20:00Z",
        // The clocks go forward at 2:00, and back at 3:00.
        "30 2 * * *     | Europe/Berlin | 2026-03-29T00:00:00Z | 2026-03-29T01:30:00Z",
        "30 2 * * *     | Europe/Berlin | 2026-03-29T01:30:00Z | 2026-03-30T00:30:00Z",
        "*/30 * * * *   | Europe/Berlin | 2026-03-29T00:30:00Z | 2026-03-29T01:00:00Z",
        "*/30 * * * *   | Europe/Berlin | 2026-03-29T01:00:00Z | 2026-03-29T01:30:00Z",
        "30 2 * * *     | Europe/Berlin | 2026-10-24T23:30:00Z | 2026-10-25T00:30:00Z",
        "30 2 * * *     | Europe/Berlin | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z",
        "*/30 * * * *   | Europe/Berlin | 2026-10-25T00:30:00Z | 2026-10-25T01:00:00Z"
      })
  void findsTheNextTime(String cron, String zone, String after, String next) {
    assertThat(Cron.parse(cron, zone).next(Instant.parse(after))).contains(Instant.parse(next));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "1,,2 * * * *",
        "-1 * * * *",
        "0 0 31 2 *"
      })
  void refusesWhatIsNoSchedule(String cron) {
    assertThatThrownBy(() -> Cron.parse(cron, "UTC")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnUnknownTimeZone() {
    assertThatThrownBy(() -> Cron.parse("* * * * *", "Moon/Base"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time_zone");
  }
}
