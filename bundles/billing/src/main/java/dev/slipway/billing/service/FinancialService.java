package dev.slipway.billing.service;

import dev.slipway.api.Scope;
import dev.slipway.billing.store.MetricsStore;
import dev.slipway.billing.store.Point;
import dev.slipway.data.Database;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Business metrics, of what was paid, subscribed and done. */
@Component(service = FinancialService.class)
public final class FinancialService {
  private static final Scope SCOPE = Scope.platform("business metrics are over all tenants");

  private final Database database;
  private final MetricsStore metrics;

  /** Made by the component runtime. */
  @Activate
  public FinancialService(@Reference Database database) {
    this.database = database;
    metrics = new MetricsStore(database);
  }

  /** What to measure. */
  public enum Metric {
    /** Taken in per day, in minor units. */
    REVENUE,
    /** Recurring per year, in minor units. */
    ARR,
    /** Users of the day. */
    DAU,
    /** Users of the last 30 days. */
    MAU
  }

  /** A point for each of the last days, today (UTC) the last of them. */
  public List<Point> series(Metric metric, int days) {
    var to = LocalDate.now(ZoneOffset.UTC);
    var from = to.minusDays(days - 1L);
    return database.read(
        SCOPE,
        () ->
            switch (metric) {
              case REVENUE -> metrics.revenue(from, to);
              case ARR -> metrics.recurring(from, to);
              case DAU -> metrics.dailyUsers(from, to);
              case MAU -> metrics.monthlyUsers(from, to);
            });
  }
}
