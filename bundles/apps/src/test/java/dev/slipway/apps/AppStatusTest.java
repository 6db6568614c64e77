package dev.slipway.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppStatusTest {
  @ParameterizedTest
  @EnumSource
  void nothingLeadsOutOfDeletingAndOnlyTheFeatureItselfIntoIt(AppStatus other) {
    assertThat(AppStatus.DELETING.mayBecome(other, true)).isFalse();
    assertThat(AppStatus.DELETING.mayBecome(other, false)).isFalse();
    assertThat(other.mayBecome(AppStatus.DELETING, true)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DELETING")
  void whatServesWasDeployed(AppStatus from) {
    for (var serving : EnumSet.of(AppStatus.RUNNING, AppStatus.DEGRADED, AppStatus.STOPPED)) {
      assertThat(from.mayBecome(serving, true)).isTrue();
      assertThat(from.mayBecome(serving, false)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DELETING")
  void anAppIsAsNewOnlyWhileNothingIsDeployed(AppStatus from) {
    assertThat(from.mayBecome(AppStatus.CREATED, false)).isTrue();
    assertThat(from.mayBecome(AppStatus.CREATED, true)).isFalse();
  }

  @Test
  void aDeploymentMayBeginAndFailAtAnyTime() {
    for (var next : EnumSet.of(AppStatus.BUILDING, AppStatus.DEPLOYING, AppStatus.FAILED)) {
      assertThat(AppStatus.CREATED.mayBecome(next, false)).isTrue();
      assertThat(AppStatus.STOPPED.mayBecome(next, true)).isTrue();
    }
  }
}
