package dev.slipway.billing.service;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.spi.Job;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Begins the monthly credit cycles that are due. */
@Component(service = Job.class)
public final class MonthlyCredits implements Job {
  private static final Scope SCOPE = Scope.platform("monthly credits of all tenants");
  private static final int BATCH = 200;

  private final Database database;
  private final AccountStore accounts;
  private final PlanStore plans;
  private final AccountBook book;

  /** Made by the component runtime. */
  @Activate
  public MonthlyCredits(@Reference Database database, @Reference Events events) {
    this.database = database;
    accounts = new AccountStore(database);
    plans = new PlanStore(database);
    book = new AccountBook(accounts, events);
  }

  @Override
  public String name() {
    return "billing.monthly-credits";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(5);
  }

  @Override
  public void run() {
    run(Times.now());
  }

  /** Does the work as it is due at that time. */
  void run(Instant now) {
    int done;
    do {
      done = database.<Integer>write(SCOPE, () -> batch(now));
    } while (done == BATCH);
  }

  private int batch(Instant now) {
    var due = accounts.dueForCredits(now, BATCH);
    if (due.isEmpty()) {
      return 0;
    }
    var known = plans.all().stream().collect(Collectors.toMap(Plan::id, plan -> plan));
    for (var account : due) {
      var plan = account.planId() == null ? null : known.get(account.planId());
      book.renew(account, plan == null ? known.get(Plan.FREE) : plan, now);
    }
    return due.size();
  }
}
