package dev.slipway.billing.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.CreditResetPolicy;
import dev.slipway.billing.Plan;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreditCycleTest {
  static Plan plan(long price, int discount, long credits, CreditResetPolicy policy) {
    return new Plan(
        Plan.FREE,
        1,
        "P",
        "",
        price,
        discount,
        credits,
        policy,
        0,
        0,
        Map.of(),
        false,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Test
  void monthsCountFromTheAnchorAndNotFromAShortMonth() {
    var anchor = Instant.parse("2026-01-31T10:00:00Z");
    assertThat(CreditCycle.start(anchor, 1)).isEqualTo("2026-02-28T10:00:00Z");
    assertThat(CreditCycle.start(anchor, 2)).isEqualTo("2026-03-31T10:00:00Z");
    assertThat(CreditCycle.begun(anchor, 1, Instant.parse("2026-02-28T09:59:59Z"))).isEqualTo(1);
    assertThat(CreditCycle.begun(anchor, 1, Instant.parse("2026-02-28T10:00:00Z"))).isEqualTo(2);
    assertThat(CreditCycle.begun(anchor, 1, Instant.parse("2026-05-01T00:00:00Z"))).isEqualTo(4);
  }

  @Test
  void resetsOrAddsUp() {
    assertThat(CreditCycle.balance(plan(0, 0, 50, CreditResetPolicy.RESET), 7, 3)).isEqualTo(50);
    assertThat(CreditCycle.balance(plan(0, 0, 50, CreditResetPolicy.ACCRUE), 7, 3)).isEqualTo(157);
    assertThat(CreditCycle.added(plan(0, 0, 50, CreditResetPolicy.RESET), 30)).isEqualTo(20);
    assertThat(CreditCycle.added(plan(0, 0, 50, CreditResetPolicy.RESET), 80)).isZero();
  }

  @Test
  void aYearCostsTwelveMonthsLessTheDiscount() {
    var plan = plan(999, 15, 0, CreditResetPolicy.RESET);
    assertThat(plan.price(BillingInterval.MONTH)).isEqualTo(999);
    assertThat(plan.price(BillingInterval.YEAR)).isEqualTo(10190);
    assertThat(plan(999, 100, 0, CreditResetPolicy.RESET).price(BillingInterval.YEAR)).isZero();
    var dearest = plan(PlanDraft.MAX_PRICE, 0, 0, CreditResetPolicy.RESET);
    assertThat(dearest.price(BillingInterval.YEAR)).isLessThanOrEqualTo(99_999_999);
  }
}
