package dev.slipway.deployments.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.apps.Stage;
import dev.slipway.deployments.service.queue.Approvers.Hold;
import dev.slipway.deployments.store.approval.PolicyRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApproversTest {
  static PolicyRow policy(boolean enabled, String... environments) {
    return new PolicyRow(
        Ids.next(),
        Ids.next(),
        Ids.next(),
        enabled,
        List.of(environments),
        2,
        List.of(),
        List.of(),
        false,
        30,
        null,
        Times.now());
  }

  static Environment environment(String name, String slug, Stage stage, boolean isProtected) {
    var now = Times.now();
    return new Environment(
        Ids.next(),
        1,
        Ids.next(),
        Ids.next(),
        name,
        slug,
        stage,
        null,
        null,
        null,
        null,
        null,
        false,
        isProtected,
        null,
        null,
        EnvironmentStatus.IDLE,
        now,
        now);
  }

  static @Nullable Hold held(@Nullable PolicyRow policy, boolean isProtected) {
    return Approvers.hold(policy, environment("Pre-live", "pre", Stage.STAGING, isProtected));
  }

  @ParameterizedTest
  @CsvSource({"Pre-live, true", "PRE, true", "staging, true", "production, false", "live, false"})
  void aPolicyIsAboutEnvironmentsByNameSlugOrStage(String named, boolean held) {
    assertThat(held(policy(true, named), false)).isEqualTo(held ? new Hold(2, 30) : null);
  }

  @Test
  void aPolicyWithoutNamesIsAboutAll() {
    assertThat(held(policy(true), false)).isEqualTo(new Hold(2, 30));
    assertThat(Approvers.hold(policy(true), null)).isEqualTo(new Hold(2, 30));
    assertThat(held(policy(false), false)).isNull();
  }

  @Test
  void whatIsProtectedIsHeldWithoutAPolicy() {
    assertThat(held(null, true)).isEqualTo(new Hold(1, null));
    assertThat(held(policy(true, "production"), true)).isEqualTo(new Hold(1, null));
    assertThat(held(policy(false), true)).isEqualTo(new Hold(1, null));
    assertThat(held(null, false)).isNull();
  }

  @Test
  void theAppItselfIsProduction() {
    assertThat(Approvers.hold(policy(true, "Production"), null)).isEqualTo(new Hold(2, 30));
    assertThat(Approvers.hold(policy(true, "staging"), null)).isNull();
    assertThat(Approvers.hold(null, null)).isNull();
  }
}
