package dev.slipway.deployments;

import static dev.slipway.deployments.DeploymentStatus.AWAITING_APPROVAL;
import static dev.slipway.deployments.DeploymentStatus.BUILDING;
import static dev.slipway.deployments.DeploymentStatus.CANCELLED;
import static dev.slipway.deployments.DeploymentStatus.CLONING;
import static dev.slipway.deployments.DeploymentStatus.DEPLOYING;
import static dev.slipway.deployments.DeploymentStatus.FAILED;
import static dev.slipway.deployments.DeploymentStatus.HEALTH_CHECKING;
import static dev.slipway.deployments.DeploymentStatus.LIVE;
import static dev.slipway.deployments.DeploymentStatus.PENDING;
import static dev.slipway.deployments.DeploymentStatus.QUEUED;
import static dev.slipway.deployments.DeploymentStatus.REJECTED;
import static dev.slipway.deployments.DeploymentStatus.ROLLED_BACK;
import static dev.slipway.deployments.DeploymentStatus.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeploymentStatusTest {
  static final Map<DeploymentStatus, Set<DeploymentStatus>> NEXT =
      Map.ofEntries(
          Map.entry(PENDING, Set.of(QUEUED, CLONING, DEPLOYING, FAILED, CANCELLED, SUPERSEDED)),
          Map.entry(AWAITING_APPROVAL, Set.of(PENDING, QUEUED, CANCELLED, REJECTED, SUPERSEDED)),
          Map.entry(QUEUED, Set.of(CLONING, DEPLOYING, FAILED, CANCELLED, REJECTED, SUPERSEDED)),
          Map.entry(CLONING, Set.of(BUILDING, FAILED, CANCELLED)),
          Map.entry(BUILDING, Set.of(DEPLOYING, FAILED, CANCELLED)),
          Map.entry(DEPLOYING, Set.of(HEALTH_CHECKING, FAILED, CANCELLED)),
          Map.entry(HEALTH_CHECKING, Set.of(LIVE, FAILED, CANCELLED)),
          Map.entry(LIVE, Set.of(ROLLED_BACK, SUPERSEDED)),
          Map.entry(FAILED, Set.of()),
          Map.entry(CANCELLED, Set.of()),
          Map.entry(REJECTED, Set.of()),
          Map.entry(ROLLED_BACK, Set.of()),
          Map.entry(SUPERSEDED, Set.of()));

  @ParameterizedTest
  @EnumSource(DeploymentStatus.class)
  void eachMayBecomeTheseAndNoOther(DeploymentStatus from) {
    for (var to : DeploymentStatus.values()) {
      assertThat(from.mayBecome(to))
          .as("%s to %s", from, to)
          .isEqualTo(NEXT.get(from).contains(to));
    }
  }

  @Test
  void eachIsExactlyOneOfWaitingActiveAndOver() {
    var waiting = Set.of(PENDING, QUEUED);
    var active = Set.of(CLONING, BUILDING, DEPLOYING, HEALTH_CHECKING);
    for (var status : DeploymentStatus.values()) {
      assertThat(status.isWaiting()).as(status.name()).isEqualTo(waiting.contains(status));
      assertThat(status.isActive()).as(status.name()).isEqualTo(active.contains(status));
      assertThat(status.isOver())
          .as(status.name())
          .isEqualTo(
              !waiting.contains(status) && !active.contains(status) && status != AWAITING_APPROVAL);
      assertThat(status.isAhead())
          .as(status.name())
          .isEqualTo(waiting.contains(status) || status == AWAITING_APPROVAL);
    }
  }
}
