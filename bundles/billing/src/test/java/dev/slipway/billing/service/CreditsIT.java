package dev.slipway.billing.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.Plan;
import dev.slipway.billing.Transaction;
import dev.slipway.billing.WaitingEvents;
import dev.slipway.billing.store.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Monthly credits and the ledger, against the database. */
class CreditsIT {
  private static final Scope SCOPE = Scope.platform("test");

  static BillingPlatform feature;
  static MonthlyCredits job;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(true);
    Events events = feature.platform.events();
    job = new MonthlyCredits(feature.database, events);
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  UUID tenantOn(String name, Map<String, Object> terms) {
    var tenant = feature.tenants.add(name);
    feature.accounts.assignPlan(tenant, UUID.fromString(feature.plan(name, 0, terms)));
    return tenant;
  }

  long credits(UUID tenant) {
    return feature.accounts.state(tenant).subscriptionCredits();
  }

  @Test
  void resetsEachMonthOrAddsUp() {
    var reset = tenantOn("Reset", Map.of("usageCreditsPerMonth", 50, "bonusCredits", 7));
    var accrue =
        tenantOn("Accrue", Map.of("usageCreditsPerMonth", 50, "creditResetPolicy", "accrue"));
    assertThat(credits(reset)).isEqualTo(50);
    assertThat(feature.accounts.state(reset).purchasedCredits()).isEqualTo(7);
    feature.accounts.setCredits(reset, 3L, null);
    var start = Times.now();
    job.run(start.plus(Duration.ofDays(20)));
    assertThat(credits(reset)).isEqualTo(3);
    job.run(start.plus(Duration.ofDays(32)));
    job.run(start.plus(Duration.ofDays(32)));
    assertThat(credits(reset)).isEqualTo(50);
    assertThat(credits(accrue)).isEqualTo(100);
    // Two months without a run are made up for at once.
    job.run(start.plus(Duration.ofDays(95)));
    assertThat(credits(accrue)).isEqualTo(200);
    assertThat(credits(reset)).isEqualTo(50);
    assertThat(feature.accounts.state(reset).purchasedCredits()).isEqualTo(7);
  }

  @Test
  void concurrentRunsGrantOnce() throws Exception {
    var tenants =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    tenantOn(
                        "Many" + i,
                        Map.of("usageCreditsPerMonth", 10, "creditResetPolicy", "accrue")))
            .toList();
    var later = Times.now().plus(Duration.ofDays(32));
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 6; i++) {
        runs.add(
            () -> {
              job.run(later);
              return true;
            });
      }
      for (var run : pool.invokeAll(runs)) {
        assertThat(run.get()).isTrue();
      }
    }
    job.run(later);
    assertThat(tenants).allSatisfy(tenant -> assertThat(credits(tenant)).isEqualTo(20));
  }

  @Test
  void numbersHaveNoGapHoweverManyWriteAndFail() throws Exception {
    var ledger = new Ledger(feature.database);
    var tenant = feature.tenants.add("Ledger");
    try (var pool = Executors.newFixedThreadPool(8)) {
      var writes = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 60; i++) {
        var fails = i % 3 == 0;
        writes.add(() -> write(ledger, tenant, fails));
      }
      for (var write : pool.invokeAll(writes)) {
        write.get();
      }
    }
    var numbers =
        feature.database.read(
            SCOPE, () -> feature.database.mapper(WaitingEvents.class).numbers("EUR"));
    var expected =
        IntStream.rangeClosed(1, 40).mapToObj("%04d"::formatted).collect(Collectors.joining(","));
    assertThat(numbers).isEqualTo(expected);
  }

  private static boolean write(Ledger ledger, UUID tenant, boolean fails) {
    try {
      return feature.database.write(
          SCOPE,
          () -> {
            ledger.add(number -> entry(tenant, number));
            if (fails) {
              throw new IllegalArgumentException("on purpose");
            }
            return true;
          });
    } catch (IllegalArgumentException onPurpose) {
      return false;
    }
  }

  static Transaction entry(UUID tenant, String number) {
    return new Transaction(
        UUID.randomUUID(),
        tenant,
        null,
        Transaction.Type.SUBSCRIPTION,
        "Subscription",
        119,
        100,
        19,
        "EUR",
        number,
        Plan.FREE,
        "Free",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new Transaction.Document(List.of("Ann"), "", List.of(), List.of()),
        Times.now());
  }

  @Test
  void whatHappenedCanNotBeChanged() {
    var test = feature.database.mapper(WaitingEvents.class);
    var tenant = tenantOn("Fixed", Map.of("usageCreditsPerMonth", 5));
    for (var scope : List.of(SCOPE, Scope.tenant(tenant))) {
      assertThat(catchThrowable(() -> feature.database.run(scope, test::falsify)))
          .hasStackTraceContaining("permission denied");
      assertThat(catchThrowable(() -> feature.database.run(scope, test::shred)))
          .hasStackTraceContaining("permission denied");
      assertThat(catchThrowable(() -> feature.database.run(scope, test::shredMovements)))
          .hasStackTraceContaining("permission denied");
    }
  }
}
