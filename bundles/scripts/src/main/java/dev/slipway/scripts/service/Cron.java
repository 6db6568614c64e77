package dev.slipway.scripts.service;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times by the five fields of cron: minute, hour, day of month, month, day of week (0 and 7 are
 * Sunday; names of three letters are known). Where both days are given, either will do, as cron
 * does it. A time that a change of the clocks leaves out comes as much later as they go forward; a
 * fixed one that it brings twice comes once.
 */
final class Cron {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final ExecutionTime times;
  private final ZoneId zone;

  private Cron(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  static Cron parse(String text, String zone) {
    Cron cron;
    try {
      cron = new Cron(ExecutionTime.forCron(PARSER.parse(text)), ZoneId.of(zone));
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException("time_zone is not known");
    }
    if (cron.next(Instant.now()).isEmpty()) {
      throw new IllegalArgumentException("cron names a day that never comes");
    }
    return cron;
  }

  /** The first time after the given one; empty where none comes. */
  Optional<Instant> next(Instant after) {
    var now = after.atZone(zone);
    return Stream.of(times.nextExecution(now), leftOut(now))
        .flatMap(Optional::stream)
        .map(ZonedDateTime::toInstant)
        .min(Comparator.naturalOrder());
  }

  /** The next time on the clock where the clock leaves it out. */
  private Optional<ZonedDateTime> leftOut(ZonedDateTime now) {
    return times
        .nextExecution(now.toLocalDateTime().atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toLocalDateTime)
        .filter(time -> zone.getRules().getValidOffsets(time).isEmpty())
        .map(time -> time.atZone(zone));
  }
}
