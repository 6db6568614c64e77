package dev.slipway.events;

import static dev.slipway.events.TestLog.id;
import static dev.slipway.events.TestLog.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.event.EventFilter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventRetentionIT {
  @TempDir Path folder;

  @Test
  void removesWhatIsOlderThanThirtyDaysAndNothingElse() throws Exception {
    try (var log = new TestLog(folder)) {
      var subject = id();
      for (var i = 0; i < 7; i++) {
        log.publish(Happened.at(id(), subject, i));
      }
      log.update(
          "update events_event set occurred_at = now() - interval '31 days'"
              + " where (data ->> 'number')::int < 5");
      log.update(
          "insert into events_failure"
              + " (id, listener, event_id, type, subject_id, attempts, error, failed_at)"
              + " select id, 'l', id, type, subject_id, 12, 'e', occurred_at from events_event");

      new EventRetention(log.database, Clock.systemUTC(), 2).run();

      assertThat(numbers(log.all(EventFilter.subject(subject)))).containsExactly(5, 6);
      assertThat(log.query("select count(*) from events_failure")).isEqualTo("2");

      var monthLater = Clock.offset(Clock.systemUTC(), Duration.ofDays(30).plusMinutes(1));
      new EventRetention(log.database, monthLater, 2).run();
      assertThat(log.all(TestLog.ANY)).isEmpty();
    }
  }
}
