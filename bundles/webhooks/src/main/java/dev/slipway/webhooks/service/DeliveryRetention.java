package dev.slipway.webhooks.service;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.webhooks.store.DeliveryStore;
import dev.slipway.webhooks.store.EndpointStore;
import dev.slipway.webhooks.store.QueueStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives up what has waited for too long, and removes what is over and what belonged to nobody. */
@Component(service = Job.class)
public final class DeliveryRetention implements Job {
  static final Duration WAITING = Duration.ofDays(7);
  static final Duration FINISHED = Duration.ofDays(30);

  /** As long as a delivery in hand may need its rows. */
  static final Duration DELETED = Duration.ofHours(1);

  private static final int BATCH = 1000;

  /** Against a run that others fill faster than it empties; the next one goes on. */
  private static final int MAX_BATCHES = 200;

  private static final Scope SCOPE = Scope.platform("old deliveries of all tenants");

  private final Database database;
  private final InstantSource clock;
  private final QueueStore queues;
  private final DeliveryStore deliveries;
  private final EndpointStore endpoints;

  /** Made by the component runtime. */
  @Activate
  public DeliveryRetention(@Reference Database database) {
    this(database, InstantSource.system());
  }

  DeliveryRetention(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    queues = new QueueStore(database);
    deliveries = new DeliveryStore(database);
    endpoints = new EndpointStore(database);
  }

  @Override
  public String name() {
    return "webhooks.retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    var now = clock.instant();
    batches(() -> queues.expire(now.minus(WAITING), now, BATCH));
    batches(() -> deliveries.deleteFinished(now.minus(FINISHED), BATCH));
    batches(() -> deliveries.deleteOrphans(now.minus(DELETED), BATCH));
    batches(() -> endpoints.purge(now.minus(DELETED), BATCH));
  }

  private void batches(IntSupplier work) {
    for (var batch = 0; batch < MAX_BATCHES; batch++) {
      if (database.write(SCOPE, work::getAsInt) < BATCH) {
        return;
      }
    }
  }
}
