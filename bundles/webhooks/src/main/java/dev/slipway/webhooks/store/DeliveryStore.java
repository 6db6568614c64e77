package dev.slipway.webhooks.store;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.data.Database;
import dev.slipway.webhooks.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deliveries for those who look at them. */
public final class DeliveryStore {
  /** Totals are counted no further: nobody turns that many pages, and counting costs. */
  static final int MOST_COUNTED = 100_000;

  private final DeliveryMapper deliveries;

  public DeliveryStore(Database database) {
    deliveries = database.mapper(DeliveryMapper.class);
  }

  public Optional<Delivery> find(UUID endpointId, UUID id) {
    return Optional.ofNullable(deliveries.find(endpointId, id));
  }

  /** The latest of an endpoint, latest first. */
  public List<Delivery> latest(UUID endpointId, int limit) {
    return deliveries.list(endpointId, limit, 0);
  }

  /** Those of an endpoint, latest first. */
  public Page<Delivery> list(UUID endpointId, PageRequest page) {
    return new Page<>(
        deliveries.list(endpointId, page.limit(), page.offset()),
        deliveries.count(endpointId, MOST_COUNTED));
  }

  /** Keeps a delivery that never stood in line. */
  public void insert(Delivery delivery) {
    deliveries.insert(delivery);
  }

  /** Removes at most so many that ended before then. */
  public int deleteFinished(Instant before, int limit) {
    return deliveries.deleteFinished(before, limit);
  }

  /** Removes at most so many of endpoints that were deleted before then. */
  public int deleteOrphans(Instant before, int limit) {
    return deliveries.deleteOrphans(before, limit);
  }
}
