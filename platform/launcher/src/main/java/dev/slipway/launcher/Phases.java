package dev.slipway.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How long each step of the start took; one line in the log shows what a slow start waits for. */
final class Phases {

  private final StringBuilder text = new StringBuilder();
  private final Instant begin;
  private Instant last;

  /** Counts from the start of the JVM. */
  Phases() {
    begin = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    last = begin;
  }

  void done(String name) {
    var now = Instant.now();
    text.append(text.isEmpty() ? "" : ", ")
        .append(name)
        .append(' ')
        .append(Duration.between(last, now).toMillis())
        .append(" ms");
    last = now;
  }

  /** Seconds until the last finished step, with one digit. */
  String seconds() {
    return String.format(Locale.ROOT, "%.1f", Duration.between(begin, last).toMillis() / 1000.0);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
