package dev.slipway.deployments.service.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.deployments.store.SweepMapper.Found;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTurnsTest {
  final GateTurns turns = new GateTurns();
  final CountDownLatch free = new CountDownLatch(1);
  final Semaphore begun = new Semaphore(0);

  @AfterEach
  void end() {
    free.countDown();
    turns.close();
  }

  boolean hang(UUID tenant, UUID deployment) {
    return turns.take(new Found(tenant, deployment), this::hang);
  }

  void hang() {
    begun.release();
    try {
      assertThat(free.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean have(int count) throws InterruptedException {
    return begun.tryAcquire(count, 10, TimeUnit.SECONDS);
  }

  @Test
  void aTenantWhoseScriptsHangWaitsForItselfAlone() throws Exception {
    var slow = Ids.next();
    for (var i = 0; i < 5; i++) {
      assertThat(hang(slow, Ids.next())).as("it is its own doing").isTrue();
    }
    assertThat(have(2)).isTrue();
    assertThat(hang(Ids.next(), Ids.next())).isTrue();
    assertThat(have(1)).as("another tenant is not kept waiting").isTrue();
    free.countDown();
    turns.close();
    assertThat(begun.availablePermits()).as("the others were not begun").isZero();
  }

  @Test
  void whatIsBeingAskedIsNotAskedOnceMore() throws Exception {
    var tenant = Ids.next();
    var deployment = Ids.next();
    assertThat(hang(tenant, deployment)).isTrue();
    assertThat(hang(tenant, deployment)).isTrue();
    assertThat(have(1)).isTrue();
    free.countDown();
    turns.close();
    assertThat(begun.availablePermits()).isZero();
  }

  @Test
  void whoFindsAllPlacesTakenHasNotHadItsTurn() throws Exception {
    for (var i = 0; i < 16; i++) {
      assertThat(hang(Ids.next(), Ids.next())).isTrue();
    }
    assertThat(have(16)).isTrue();
    assertThat(hang(Ids.next(), Ids.next())).isFalse();
  }
}
