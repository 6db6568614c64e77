package dev.slipway.billing.service;

import dev.slipway.accounts.SeatLimit;
import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.Entitlement;
import dev.slipway.billing.Entitlements;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.data.Database;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What plans allow, asked of the database each time. */
@Component(service = {Entitlements.class, SeatLimit.class})
public final class PlanEntitlements implements Entitlements, SeatLimit {
  private final Database database;
  private final AccountStore accounts;
  private final PlanStore plans;

  /** Made by the component runtime. */
  @Activate
  public PlanEntitlements(@Reference Database database) {
    this.database = database;
    accounts = new AccountStore(database);
    plans = new PlanStore(database);
  }

  @Override
  public boolean entitled(Scope scope, UUID tenantId, String key) {
    var found = entitlement(scope, tenantId, key);
    return found != null && found.granted();
  }

  @Override
  public OptionalLong limit(Scope scope, UUID tenantId, String key) {
    var found = entitlement(scope, tenantId, key);
    return found == null || found.type() != Entitlement.Type.NUMERIC
        ? OptionalLong.empty()
        : OptionalLong.of(found.numericValue());
  }

  @Override
  public int userLimit(Scope scope, UUID tenantId) {
    return plan(scope, tenantId).userLimit();
  }

  @Override
  public int seats(UUID tenantId) {
    return userLimit(Scope.platform("seats are counted over a tenant's lock"), tenantId);
  }

  @Override
  public void require(Caller caller, String key) {
    if (!entitled(caller, key)) {
      throw BillingError.ENTITLEMENT_MISSING.of(key);
    }
  }

  private @Nullable Entitlement entitlement(Scope scope, UUID tenantId, String key) {
    return plan(scope, tenantId).entitlements().get(key);
  }

  /** A tenant without a plan has what the free one allows. */
  private Plan plan(Scope scope, UUID tenantId) {
    return database.read(
        scope,
        () ->
            accounts
                .find(tenantId)
                .map(Account::planId)
                .flatMap(plans::find)
                .or(() -> plans.find(Plan.FREE))
                .orElseThrow());
  }
}
