package dev.slipway.fleet.service.health;

import dev.slipway.fleet.store.health.SampleMapper.Trend;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When a server runs out of something, if it goes on as before. */
public record Forecast(
    UUID serverId,
    String method,
    int windowDays,
    Instant computedAt,
    Outlook cpu,
    Outlook memory,
    Outlook disk) {

  /** How far back it looks. */
  static final int WINDOW_DAYS = 14;

  private static final double FULL = 100;

  /** Less growth than this, in percent per day, is none. */
  private static final double LEAST = 0.01;

  /**
   * One resource.
   *
   * @param currentPercent null where it was not measured
   * @param slopePercentPerDay null where there is too little for a line
   * @param daysToExhaustion null where it does not grow
   */
  public record Outlook(
      @Nullable Double currentPercent,
      @Nullable Double slopePercentPerDay,
      @Nullable Double daysToExhaustion,
      Confidence confidence,
      int sampleCount) {}

  /** How far it can be trusted. */
  public enum Confidence {
    LOW,
    MEDIUM,
    HIGH
  }

  static Forecast of(UUID serverId, Trend trend, Instant now) {
    return new Forecast(
        serverId,
        "linear",
        WINDOW_DAYS,
        now,
        outlook(trend, trend.cpuNow(), trend.cpuSlope(), trend.cpuFit()),
        outlook(trend, trend.memoryNow(), trend.memorySlope(), trend.memoryFit()),
        outlook(trend, trend.diskNow(), trend.diskSlope(), trend.diskFit()));
  }

  private static Outlook outlook(
      Trend trend, @Nullable Double now, @Nullable Double slope, @Nullable Double fit) {
    var grows = now != null && slope != null && slope >= LEAST;
    return new Outlook(
        now,
        slope,
        grows ? Math.max(0, FULL - now) / slope : null,
        confidence(trend.days(), fit == null ? 0 : fit),
        trend.samples());
  }

  private static Confidence confidence(double days, double fit) {
    if (days >= 7 && fit >= 0.8) {
      return Confidence.HIGH;
    }
    return days >= 2 && fit >= 0.5 ? Confidence.MEDIUM : Confidence.LOW;
  }
}
