package dev.slipway.billing.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.billing.Plan;
import dev.slipway.testkit.TestPlatform;
import org.junit.jupiter.api.Test;

class ActiveUsersIT {
  @Test
  void countsEveryUserOnceADayOnEveryNode() throws Exception {
    try (var platform = TestPlatform.start()) {
      var database = platform.database("billing", Plan.class.getClassLoader());
      var here = new ActiveUsers(database);
      var there = new ActiveUsers(database);
      var financials = new FinancialService(database);
      var ann = Ids.next();
      here.active(ann);
      here.active(ann);
      there.active(ann);
      there.active(Ids.next());
      here.run();
      there.run();
      here.active(ann);
      here.run();
      assertThat(financials.series(FinancialService.Metric.DAU, 7).getLast().value()).isEqualTo(2);
      assertThat(financials.series(FinancialService.Metric.MAU, 7).getLast().value()).isEqualTo(2);
    }
  }
}
