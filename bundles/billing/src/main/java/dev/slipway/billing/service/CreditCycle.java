package dev.slipway.billing.service;

import dev.slipway.billing.CreditResetPolicy;
import dev.slipway.billing.Plan;
import java.time.Instant;
import java.time.ZoneOffset;

/** Monthly credits: months count from the day on which the tenant got its first plan. */
final class CreditCycle {
  private CreditCycle() {}

  /** When a cycle begins; a day that a month has not is its last, and only there. */
  static Instant start(Instant anchor, int cycle) {
    return anchor.atZone(ZoneOffset.UTC).plusMonths(cycle).toInstant();
  }

  /** How many cycles have begun by then, the first of them at the anchor. */
  static int begun(Instant anchor, int known, Instant now) {
    var cycle = known;
    while (!start(anchor, cycle).isAfter(now)) {
      cycle++;
    }
    return cycle;
  }

  /** The balance after a number of new cycles. */
  static long balance(Plan plan, long before, int cycles) {
    var brought = plan.usageCreditsPerMonth();
    return plan.creditResetPolicy() == CreditResetPolicy.RESET
        ? brought
        : Math.addExact(before, Math.multiplyExact(brought, (long) cycles));
  }

  /**
   * What a plan that is taken within a cycle adds: what it brings more than the cycle has brought
   * already, so that going to and fro between plans brings nothing.
   */
  static long added(Plan plan, long brought) {
    return Math.max(0, plan.usageCreditsPerMonth() - brought);
  }
}
