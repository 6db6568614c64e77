package dev.slipway.webhooks.store;

import dev.slipway.data.Database;
import dev.slipway.webhooks.Endpoint;
import dev.slipway.webhooks.EndpointSummary;
import dev.slipway.webhooks.Family;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Endpoints as rows. */
public final class EndpointStore {
  private final EndpointMapper endpoints;

  public EndpointStore(Database database) {
    endpoints = database.mapper(EndpointMapper.class);
  }

  public Optional<Endpoint> find(Family family, UUID id) {
    return Optional.ofNullable(endpoints.find(family, id));
  }

  /** The endpoint, which nobody else can change until the unit of work ends. */
  public Optional<Endpoint> lock(Family family, UUID id) {
    return Optional.ofNullable(endpoints.lock(family, id));
  }

  /** Newest first. */
  public List<EndpointSummary> list(Family family, int limit, long offset) {
    return endpoints.list(family, limit, offset);
  }

  public Optional<EndpointSummary> listed(Family family, UUID id) {
    return Optional.ofNullable(endpoints.listed(family, id));
  }

  public long count(Family family) {
    return endpoints.count(family);
  }

  /** As {@link #count}, and nobody else of the tenant adds any until the unit of work ends. */
  public long countAlone(Family family, UUID tenantId) {
    endpoints.hold(tenantId);
    return endpoints.count(family);
  }

  /** Adds an endpoint and its empty line. */
  public void insert(Endpoint endpoint) {
    endpoints.insert(endpoint);
    endpoints.insertQueue(endpoint);
  }

  /** Writes an endpoint that was locked in this unit of work. */
  public void update(Endpoint endpoint) {
    if (endpoints.update(endpoint) != 1) {
      throw new IllegalStateException("webhook " + endpoint.id() + " was written unlocked");
    }
  }

  /** Hides an endpoint; its rows go later. */
  public void delete(UUID id, Instant now) {
    endpoints.markDeleted(id, now);
  }

  public void deleteOfApp(UUID appId, Instant now) {
    endpoints.markDeletedOfApp(appId, now);
  }

  public void deleteOfTenant(UUID tenantId, Instant now) {
    endpoints.markDeletedOfTenant(tenantId, now);
  }

  /** For delivery; empty where it is deleted or takes nothing. */
  public Optional<Endpoint> open(UUID id) {
    return Optional.ofNullable(endpoints.open(id));
  }

  /** Ends deliveries to an endpoint; false where they had ended already. */
  public boolean switchOff(UUID id, Endpoint.OffReason reason, Instant now) {
    return endpoints.switchOff(id, reason, now) == 1;
  }

  /** Removes at most so many that were deleted before then, once their deliveries are gone. */
  public int purge(Instant before, int limit) {
    return endpoints.purge(before, limit);
  }
}
