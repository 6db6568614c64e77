package com.example.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.contract.AdminPageContract;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class UptimePageTest {
  @TestFactory
  Stream<DynamicNode> contract() {
    return AdminPageContract.tests(new UptimePage());
  }

  @Test
  void daysHoursAndMinutesAreTold() {
    var up = Duration.ofDays(3).plusHours(4).plusMinutes(5);
    assertThat(new UptimePage(up::toMillis).html()).contains("3 days, 4 hours and 5 minutes");
  }
}
