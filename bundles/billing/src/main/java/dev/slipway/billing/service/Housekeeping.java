package dev.slipway.billing.service;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.billing.store.CheckoutStore;
import dev.slipway.billing.store.MetricsStore;
import dev.slipway.billing.store.StripeStore;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.IntSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes what nobody will ask for again. */
@Component(service = Job.class)
public final class Housekeeping implements Job {
  private static final Scope SCOPE = Scope.platform("old events and checkouts of all tenants");

  /** Stripe delivers again for three days, and events can be sent again by hand for 30. */
  private static final Duration KEPT = Duration.ofDays(40);

  /** A year is shown, and each of its days looks 30 back. */
  private static final int ACTIVITY_DAYS = 400;

  private static final int BATCH = 1000;
  private static final int MAX_BATCHES = 100;

  private final Database database;
  private final CheckoutStore checkouts;
  private final StripeStore stripe;
  private final MetricsStore metrics;

  /** Made by the component runtime. */
  @Activate
  public Housekeeping(@Reference Database database) {
    this.database = database;
    checkouts = new CheckoutStore(database);
    stripe = new StripeStore(database);
    metrics = new MetricsStore(database);
  }

  @Override
  public String name() {
    return "billing.housekeeping";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() {
    var before = Instant.now().minus(KEPT);
    empty(() -> stripe.forget(before, BATCH));
    empty(() -> checkouts.forget(before, BATCH));
    var day = LocalDate.now(ZoneOffset.UTC).minusDays(ACTIVITY_DAYS);
    database.run(SCOPE, () -> metrics.forget(day));
  }

  private void empty(IntSupplier batch) {
    for (var round = 0; round < MAX_BATCHES; round++) {
      if (database.<Integer>write(SCOPE, batch::getAsInt) < BATCH) {
        return;
      }
    }
  }
}
