package dev.slipway.deployments.store;

import dev.slipway.data.Database;
import java.time.Instant;

/** What there is to know before a version is deployed again; every call needs a unit of work. */
public final class RenewalStore {
  private final RenewalMapper mapper;

  public RenewalStore(Database database) {
    mapper = database.mapper(RenewalMapper.class);
  }

  /** Whether a deployment to a place was asked for since a time, or an older one is not over. */
  public boolean asked(Place place, Instant since) {
    return mapper.asked(place, since);
  }
}
