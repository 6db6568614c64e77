package dev.slipway.webhooks.service;

import static dev.slipway.webhooks.service.WebhooksPlatform.tenantCreated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.webhooks.Delivery.Status;
import dev.slipway.webhooks.service.Receiver.Received;
import dev.slipway.webhooks.service.Receiver.Reply;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand deliveries, half of them to an endpoint that is slow, and a node that dies. */
class QueueIT {
  static final int EVENTS = 5000;
  static final int SLOWER = 20;

  @Test
  void nothingIsLostOrOutOfOrderAndNobodyWaitsForTheSlow() throws Exception {
    try (var feature = new WebhooksPlatform();
        var fast = Receiver.willing();
        var slow = new Receiver(request -> slowly(fast))) {
      var quick = feature.webhook(fast.url(), "tenant.created").webhook().id();
      var tardy = feature.webhook(slow.url(), "tenant.created").webhook().id();
      IntStream.range(0, EVENTS)
          .forEach(n -> feature.intake.on(tenantCreated(Integer.toString(n))));
      assertThat(feature.queued(quick) + feature.queued(tardy)).isEqualTo(2 * EVENTS);

      var mortal = new MortalDatabase(feature.database);
      var first = feature.courier(mortal, feature.egress);
      var second = feature.courier();
      try {
        fast.await(EVENTS / 3);
        mortal.die();
        second.close();
        // What the dead node had in hand is free once its leases are over.
        feature.advance(Round.LEASE.plusSeconds(1));
        second = feature.courier();
        Eventually.holds(
            () -> distinct(fast) == EVENTS, () -> distinct(fast) + " came to the fast one");
        assertThat(distinct(slow)).isLessThan(EVENTS / 2);
        finish(feature, quick, tardy);
      } finally {
        second.close();
        first.close();
      }
      inOrder(fast.received());
      inOrder(slow.received());
      assertThat(feature.deliveries(tardy)).allMatch(d -> d.status() == Status.SUCCEEDED);
      assertThat(feature.deliveries(quick)).hasSize(EVENTS);
    }
  }

  /** The slow one takes one message while the fast one takes twenty. */
  private static Reply slowly(Receiver fast) {
    var until = Math.min(EVENTS, fast.count() + SLOWER);
    var patience = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (fast.count() < until && System.nanoTime() - patience < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return Reply.of(200);
  }

  private static void finish(WebhooksPlatform feature, UUID quick, UUID tardy) {
    Eventually.holds(
        () -> feature.queued(quick) + feature.queued(tardy) == 0,
        () -> feature.queued(quick) + " and " + feature.queued(tardy) + " are left");
  }

  private static long distinct(Receiver receiver) {
    return receiver.received().stream().map(got -> got.header("webhook-id")).distinct().count();
  }

  /** In order but for what was in hand when the node died, which may have come twice. */
  private static void inOrder(List<Received> all) {
    var numbers =
        all.stream()
            .map(got -> got.body().replaceAll(".*\"tenantName\":\"([0-9]+)\".*", "$1"))
            .map(Integer::valueOf)
            .toList();
    assertThat(numbers.stream().distinct().toList())
        .isEqualTo(IntStream.range(0, EVENTS).boxed().toList());
    assertThat(numbers.size()).isLessThanOrEqualTo(EVENTS + 3);
  }
}
