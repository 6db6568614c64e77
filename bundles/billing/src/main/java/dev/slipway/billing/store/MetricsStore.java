package dev.slipway.billing.store;

import dev.slipway.data.Database;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Daily series (UTC) of revenue and users, a point for every day from the first to the last. */
public final class MetricsStore {
  private final MetricsMapper metrics;

  public MetricsStore(Database database) {
    metrics = database.mapper(MetricsMapper.class);
  }

  /** What the ledger took in on each day, refunds taken off. */
  public List<Point> revenue(LocalDate from, LocalDate to) {
    return metrics.revenue(from, to);
  }

  /** A year's revenue of the subscriptions that ran at the end of each day. */
  public List<Point> recurring(LocalDate from, LocalDate to) {
    return metrics.recurring(from, to);
  }

  /** Users seen on each day. */
  public List<Point> dailyUsers(LocalDate from, LocalDate to) {
    return metrics.dailyUsers(from, to);
  }

  /** Users seen in the 30 days that end with each day. */
  public List<Point> monthlyUsers(LocalDate from, LocalDate to) {
    return metrics.monthlyUsers(from, to);
  }

  /** Notes that these users were seen on that day. */
  public void active(LocalDate day, Collection<UUID> users) {
    metrics.active(day, users.toArray(UUID[]::new));
  }

  /** Removes what was noted of days before that one. */
  public int forget(LocalDate before) {
    return metrics.forget(before);
  }
}
