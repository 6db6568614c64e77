package dev.slipway.billing.service;

import dev.slipway.api.event.Events;
import dev.slipway.billing.BillingEvent;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountEdit;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.CreditPool;
import java.time.Instant;

/** How plans and credits come to an account; all within a unit of work that has locked it. */
final class AccountBook {
  private final AccountStore accounts;
  private final Events events;

  AccountBook(AccountStore accounts, Events events) {
    this.accounts = accounts;
    this.events = events;
  }

  /** Writes the edit with this plan and what the plan brings at once. */
  Account assign(Account account, AccountEdit edit, Plan plan, Instant now) {
    edit.plan(plan.id());
    credit(account, edit, plan, now);
    bonus(account, edit, plan, now);
    var written = accounts.update(edit.at(now));
    if (!plan.id().equals(account.planId())) {
      events.publish(new BillingEvent.PlanChanged(account.tenantId(), plan.id(), plan.name()));
    }
    return written;
  }

  /** Begins the cycles that are due, and returns whether there were any. */
  boolean renew(Account account, Plan plan, Instant now) {
    var anchor = account.creditAnchor();
    if (anchor == null) {
      return false;
    }
    var next = CreditCycle.begun(anchor, account.creditCycle(), now);
    if (next == account.creditCycle()) {
      return false;
    }
    var before = account.subscriptionCredits();
    var balance = CreditCycle.balance(plan, before, next - account.creditCycle());
    var edit =
        account
            .edit()
            .cycle(anchor, next, plan.usageCreditsPerMonth(), CreditCycle.start(anchor, next));
    var reference = "cycle/" + account.creditCycle();
    if (balance == before || moved(account, balance - before, balance, reference, now)) {
      edit.subscriptionCredits(balance);
    }
    accounts.update(edit.at(now));
    return true;
  }

  private void credit(Account account, AccountEdit edit, Plan plan, Instant now) {
    var brought = account.cycleCredits();
    if (account.creditAnchor() == null) {
      edit.cycle(now, 1, 0, CreditCycle.start(now, 1));
      brought = 0;
    }
    var added = CreditCycle.added(plan, brought);
    if (added == 0) {
      return;
    }
    var balance = Math.addExact(account.subscriptionCredits(), added);
    var reference = "plan/" + account.creditCycle() + "/" + plan.id() + "/" + (brought + added);
    if (moved(account, added, balance, reference, now)) {
      edit.subscriptionCredits(balance).cycleCredits(brought + added);
    }
  }

  /** Credits that no month takes away again, once for every plan. */
  private void bonus(Account account, AccountEdit edit, Plan plan, Instant now) {
    if (plan.bonusCredits() == 0
        || plan.id().equals(account.planId()) && account.creditAnchor() != null) {
      return;
    }
    var balance = Math.addExact(account.purchasedCredits(), plan.bonusCredits());
    if (accounts.move(
        account.tenantId(),
        CreditPool.PURCHASED,
        plan.bonusCredits(),
        balance,
        "bonus/" + plan.id(),
        now)) {
      edit.purchasedCredits(balance);
    }
  }

  private boolean moved(Account account, long amount, long balance, String reference, Instant now) {
    return accounts.move(
        account.tenantId(), CreditPool.SUBSCRIPTION, amount, balance, reference, now);
  }
}
