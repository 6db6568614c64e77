package dev.slipway.scripts.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times by the five fields of cron: minute, hour, day of month, month, day of week (0 and 7 are
 * Sunday; names of three letters are known). Where both days are given, either will do, as cron
 * does it. A time that a change of the clocks leaves out comes as much later as they go forward;
 * one that it brings twice comes once.
 */
final class Cron {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun");

  /** The 29th of February comes within eight years at most. */
  private static final int MOST_DAYS = 366 * 9;

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;
  private final boolean anyDay;
  private final boolean anyWeekday;
  private final ZoneId zone;

  private Cron(String[] fields, ZoneId zone) {
    minutes = field("minute", fields[0], 0, 59, List.of());
    hours = field("hour", fields[1], 0, 23, List.of());
    days = field("day of month", fields[2], 1, 31, List.of());
    months = field("month", fields[3], 1, 12, MONTHS);
    weekdays = field("day of week", fields[4], 0, 7, DAYS);
    if (weekdays.get(7)) {
      weekdays.set(0);
    }
    anyDay = fields[2].startsWith("*");
    anyWeekday = fields[4].startsWith("*");
    this.zone = zone;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  static Cron parse(String text, String zone) {
    var fields = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException("cron must have five fields");
    }
    Cron cron;
    try {
      cron = new Cron(fields, ZoneId.of(zone));
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
    var from = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    var day = from.toLocalDate();
    for (var i = 0; i < MOST_DAYS; i++, day = day.plusDays(1)) {
      if (!months.get(day.getMonthValue()) || !dayFits(day)) {
        continue;
      }
      for (var hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
        for (var minute = minutes.nextSetBit(0);
            minute >= 0;
            minute = minutes.nextSetBit(minute + 1)) {
          var time = ZonedDateTime.of(day, java.time.LocalTime.of(hour, minute), zone);
          if (!time.isBefore(from) && time.toInstant().isAfter(after)) {
            return Optional.of(time.toInstant());
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean dayFits(java.time.LocalDate day) {
    var byDay = days.get(day.getDayOfMonth());
    var byWeekday = weekdays.get(day.getDayOfWeek().getValue() % 7);
    return anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday;
  }

  private static BitSet field(String name, String text, int least, int most, List<String> names) {
    var set = new BitSet();
    for (var part : text.split(",", -1)) {
      part(name, part, least, most, names, set);
    }
    return set;
  }

  private static void part(
      String name, String part, int least, int most, List<String> names, BitSet set) {
    var steps = part.split("/", 2);
    var step = steps.length == 1 ? 1 : number(name, steps[1], 1, most, List.of(), 0);
    var range = steps[0].split("-", 2);
    var open = range[0].equals("*");
    var offset = least == 1 ? 1 : 0;
    var first = open ? least : number(name, range[0], least, most, names, offset);
    var last =
        open
            ? most
            : range.length == 2
                ? number(name, range[1], least, most, names, offset)
                : steps.length == 2 ? most : first;
    if (open && range.length == 2 || last < first) {
      throw new IllegalArgumentException(name + " has no range " + part);
    }
    for (var value = first; value <= last; value += step) {
      set.set(value);
    }
  }

  private static int number(
      String name, String text, int least, int most, List<String> names, int offset) {
    var named = names.indexOf(text);
    if (named >= 0) {
      return named + offset;
    }
    if (text.matches("\\d{1,3}")) {
      var number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(name + " must be " + least + " to " + most);
  }
}
