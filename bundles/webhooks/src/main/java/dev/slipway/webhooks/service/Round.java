package dev.slipway.webhooks.service;

import dev.slipway.api.event.Events;
import dev.slipway.data.Database;
import dev.slipway.webhooks.Attempt;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Endpoint;
import dev.slipway.webhooks.WebhooksEvent;
import dev.slipway.webhooks.store.EndpointStore;
import dev.slipway.webhooks.store.Leased;
import dev.slipway.webhooks.store.QueueStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one line: its deliveries in order, one at a time, until one fails. What a node has leased
 * and not settled when it dies is taken by another once the lease is over, and sent again.
 */
@Component(service = Round.class)
public final class Round {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  /** Longer than one delivery takes, scripts that transform it included; each one extends it. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final int BATCH = 20;

  /** A line that keeps its place for longer lets the others have a turn. */
  private static final Duration TURN = Duration.ofSeconds(1);

  private static final Duration FAILURE_PAUSE = Duration.ofMinutes(1);

  private final Database database;
  private final Events events;
  private final Postman postman;
  private final Transform transform;
  private final QueueStore queues;
  private final EndpointStore endpoints;

  @Activate
  public Round(
      @Reference Database database,
      @Reference Events events,
      @Reference Postman postman,
      @Reference Transform transform) {
    this.database = database;
    this.events = events;
    this.postman = postman;
    this.transform = transform;
    queues = new QueueStore(database);
    endpoints = new EndpointStore(database);
  }

  /** Leases lines that are due, at most so many. */
  List<Leased> claim(boolean strained, UUID lease, int limit) {
    var now = postman.now();
    return database.write(
        Courier.SCOPE, () -> queues.claim(strained, now, lease, now.plus(LEASE), limit));
  }

  /** Delivers what it can in one turn, and gives the line back. */
  void serve(Leased line, BooleanSupplier stopped) {
    try {
      deliver(line, stopped);
      release(line, Duration.ZERO);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.error("webhook {} can not be served", line.endpointId(), failure);
      tryRelease(line);
    }
  }

  private record Work(Optional<Endpoint> endpoint, List<Delivery> heads) {}

  private void deliver(Leased line, BooleanSupplier stopped) throws InterruptedException {
    var work =
        database.read(
            Courier.SCOPE,
            () -> {
              // First, so that nothing is sent by an address or a secret that was given up before.
              var heads = queues.heads(line.endpointId(), BATCH);
              return new Work(endpoints.open(line.endpointId()), heads);
            });
    if (work.endpoint().isEmpty()) {
      return;
    }
    var endpoint = work.endpoint().get();
    var pause = Duration.ofMillis(line.pauseMs());
    var end = System.nanoTime() + TURN.toNanos();
    for (var delivery : work.heads()) {
      if (stopped.getAsBoolean() || System.nanoTime() - end > 0) {
        return;
      }
      var verdict = attempt(endpoint, delivery, pause);
      var version = settle(line, endpoint, delivery, verdict);
      // Edited meanwhile, or taken over: what was read is no longer what holds.
      if (!verdict.goesOn() || version.isEmpty() || version.get() != endpoint.version()) {
        return;
      }
      pause = verdict.pause();
    }
  }

  private Verdict attempt(Endpoint endpoint, Delivery delivery, Duration pause)
      throws InterruptedException {
    var transformed = transform.apply(endpoint, delivery);
    if (transformed.droppedBy() != null) {
      var why = "dropped by the script " + transformed.droppedBy();
      return Verdict.dropped(delivery, new Attempt(postman.now(), 0, "", 0, why, null), pause);
    }
    var attempt = postman.send(endpoint, delivery.withPayload(transformed.payload()));
    var random = ThreadLocalRandom.current().nextDouble();
    return Verdict.of(delivery, attempt, pause, random);
  }

  private Optional<Integer> settle(
      Leased line, Endpoint endpoint, Delivery delivery, Verdict verdict) {
    var now = postman.now();
    return database.write(
        Courier.SCOPE,
        () -> {
          var version = queues.settle(verdict.settle(delivery, line.lease(), now, now.plus(LEASE)));
          if (version.isPresent() && verdict.attempt().gone()) {
            switchOff(endpoint, now);
          }
          return version;
        });
  }

  private void switchOff(Endpoint endpoint, Instant now) {
    var reason = Endpoint.OffReason.GONE;
    if (endpoints.switchOff(endpoint.id(), reason, now)) {
      events.publish(
          new WebhooksEvent.SwitchedOff(
              endpoint.tenantId(), endpoint.id(), endpoint.family(), reason));
    }
  }

  private void release(Leased line, Duration pause) {
    var notBefore = pause.isZero() ? null : postman.now().plus(pause);
    database.run(Courier.SCOPE, () -> queues.release(line.endpointId(), line.lease(), notBefore));
  }

  private void tryRelease(Leased line) {
    try {
      release(line, FAILURE_PAUSE);
    } catch (RuntimeException failure) {
      LOG.warn("webhook {} waits until its lease is over", line.endpointId(), failure);
    }
  }
}
