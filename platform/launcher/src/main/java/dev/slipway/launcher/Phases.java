package dev.slipway.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** How long each step of the start took; one line in the log shows what a slow start waits for. */
final class Phases {

  /** Linux counts the age of a process in hundredths of a second, on every architecture. */
  private static final double TICKS_PER_SECOND = 100;

  private final StringBuilder text = new StringBuilder();
  private final long begin;
  private long last;

  /** Counts from the start of the process. */
  Phases() {
    begin = System.nanoTime() - age().toNanos();
    last = begin;
  }

  /** The JDK tells the start of a process only to the second. */
  private static Duration age() {
    try {
      var stat = Files.readString(Path.of("/proc/self/stat"));
      // The name of the program, in brackets, may itself hold spaces.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      var started = Long.parseLong(fields[19]) / TICKS_PER_SECOND;
      var uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
      return Duration.ofMillis(Math.max(0, Math.round((uptime - started) * 1000)));
    } catch (IOException _) {
      return Duration.ZERO;
    }
  }

  void done(String name) {
    var now = System.nanoTime();
    text.append(text.isEmpty() ? "" : ", ")
        .append(name)
        .append(' ')
        .append(Duration.ofNanos(now - last).toMillis())
        .append(" ms");
    last = now;
  }

  /** Seconds until the last finished step, with one digit. */
  String seconds() {
    return String.format(Locale.ROOT, "%.1f", (last - begin) / 1e9);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
