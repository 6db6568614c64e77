package dev.slipway.fleet.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.store.health.HealthMapper.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UptimeTest {
  static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

  private static Change at(int hoursAgo, ServerStatus status) {
    return new Change(NOW.minus(Duration.ofHours(hoursAgo)), status);
  }

  @Test
  void onlyTimeOfWhichSomethingIsKnownCounts() {
    var uptime =
        new Uptime(
            List.of(
                at(100, ServerStatus.INSTALLING),
                at(10, ServerStatus.ONLINE),
                at(6, ServerStatus.DEGRADED),
                at(4, ServerStatus.OFFLINE),
                at(2, ServerStatus.DEGRADED),
                at(1, ServerStatus.ONLINE)),
            NOW);
    var day = uptime.since(Duration.ofDays(1));
    assertThat(day.uptimePercent()).isEqualTo(80);
    assertThat(day.downtimeSeconds()).isEqualTo(7200);
    assertThat(day.incidents()).isEqualTo(1);
    assertThat(uptime.streakSeconds()).isEqualTo(7200);
    assertThat(uptime.lastOutage()).isEqualTo(NOW.minus(Duration.ofHours(4)));
  }

  @Test
  void anOutageBelongsToTheWindowInWhichItBegan() {
    var uptime =
        new Uptime(List.of(at(48, ServerStatus.ONLINE), at(30, ServerStatus.OFFLINE)), NOW);
    var day = uptime.since(Duration.ofDays(1));
    assertThat(day.uptimePercent()).isZero();
    assertThat(day.incidents()).isZero();
    assertThat(day.downtimeSeconds()).isEqualTo(86_400);
    assertThat(uptime.since(Duration.ofDays(7)).incidents()).isEqualTo(1);
    assertThat(uptime.streakSeconds()).isZero();
  }

  @Test
  void nothingIsKnownOfAServerThatWasNeverHeard() {
    var uptime = new Uptime(List.of(at(5, ServerStatus.PENDING)), NOW);
    assertThat(uptime.since(Duration.ofDays(1)).uptimePercent()).isNull();
    assertThat(uptime.lastOutage()).isNull();
    assertThat(new Uptime(List.of(), NOW).since(Duration.ofDays(1)).uptimePercent()).isNull();
  }
}
