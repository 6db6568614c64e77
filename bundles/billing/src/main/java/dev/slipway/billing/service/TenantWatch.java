package dev.slipway.billing.service;

import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.api.spi.Job;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.data.Database;
import java.time.Duration;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New tenants get the free plan and what it brings; of a tenant that is gone the subscription is
 * ended and the account removed, however often that has to be tried. What it paid stays in the
 * ledger.
 */
@Component(service = {EventListener.class, Job.class})
public final class TenantWatch implements EventListener, Job {
  private static final Logger LOG = LoggerFactory.getLogger(TenantWatch.class);
  private static final Scope SCOPE = Scope.platform("tenants come and go");
  private static final int BATCH = 1000;

  private final Database database;
  private final CheckoutDesk desk;
  private final AccountStore accounts;
  private final PlanStore plans;
  private final AccountBook book;

  /** Made by the component runtime. */
  @Activate
  public TenantWatch(
      @Reference Database database, @Reference Events events, @Reference CheckoutDesk desk) {
    this.database = database;
    this.desk = desk;
    accounts = new AccountStore(database);
    plans = new PlanStore(database);
    book = new AccountBook(accounts, events);
  }

  @Override
  public String name() {
    return "billing.tenants";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("accounts.tenant.created", "accounts.tenant.deleted");
  }

  @Override
  public void on(StoredEvent event) {
    var tenantId = event.subjectId();
    if (event.type().equals("accounts.tenant.created")) {
      database.run(SCOPE, () -> welcome(tenantId));
    } else {
      // An event is passed over after some attempts; Stripe may be away for longer.
      database.run(SCOPE, () -> accounts.leave(tenantId, Times.now()));
      end(tenantId);
    }
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(30);
  }

  @Override
  public void run() {
    for (var tenantId : database.read(SCOPE, () -> accounts.leaving(BATCH))) {
      try {
        end(tenantId);
      } catch (PlatformException refused) {
        LOG.warn("account of the deleted tenant {} is not closed yet", tenantId, refused);
      }
    }
  }

  private void end(UUID tenantId) {
    desk.endAll(tenantId);
    database.run(SCOPE, () -> accounts.delete(tenantId));
  }

  private void welcome(UUID tenantId) {
    var now = Times.now();
    var account = accounts.lock(tenantId, now);
    if (account.creditAnchor() == null && Plan.FREE.equals(account.planId())) {
      book.assign(account, account.edit(), plans.find(Plan.FREE).orElseThrow(), now);
    }
  }
}
