package dev.slipway.webhooks.service;

import static dev.slipway.webhooks.service.WebhooksPlatform.tenantCreated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.webhooks.Delivery.Status;
import dev.slipway.webhooks.service.Receiver.Received;
import dev.slipway.webhooks.service.Receiver.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand deliveries, half of them to an endpoint that is slow, and a node that dies. */
class QueueIT {
  static final int EVENTS = 5000;
  static final int SLOWER = 20;

  final Set<String> quickIds = ConcurrentHashMap.newKeySet();
  final Set<String> tardyIds = ConcurrentHashMap.newKeySet();

  @Test
  void nothingIsLostOrOutOfOrderAndNobodyWaitsForTheSlow() throws Exception {
    try (var feature = new WebhooksPlatform();
        var fast = new Receiver(request -> taken(request, quickIds));
        var slow = new Receiver(request -> slowly(fast, taken(request, tardyIds)))) {
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
            () -> quickIds.size() == EVENTS, () -> quickIds.size() + " came to the fast one");
        assertThat(tardyIds.size()).isLessThan(EVENTS / 2);
        Eventually.holds(
            () -> tardyIds.size() == EVENTS, () -> tardyIds.size() + " came to the slow one");
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

  private static Reply taken(Received request, Set<String> ids) {
    ids.add(request.header("webhook-id"));
    return Reply.of(200);
  }

  /** The slow one takes one message while the fast one takes twenty, if that one gets any. */
  private static Reply slowly(Receiver fast, Reply reply) {
    var until = Math.min(EVENTS, fast.count() + SLOWER);
    var patience = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (fast.count() < until && System.nanoTime() - patience < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return reply;
  }

  private static void finish(WebhooksPlatform feature, UUID quick, UUID tardy) {
    Eventually.holds(
        () -> feature.queued(quick) + feature.queued(tardy) == 0,
        () -> feature.queued(quick) + " and " + feature.queued(tardy) + " are left");
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
