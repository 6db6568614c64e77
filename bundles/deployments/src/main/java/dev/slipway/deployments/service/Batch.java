package dev.slipway.deployments.service;

import dev.slipway.deployments.store.SweepMapper.Found;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a job found to do, over all tenants. */
public final class Batch {
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private Batch() {}

  /** One that fails must not keep the others from their turn. */
  public static void each(List<Found> all, Consumer<Found> work) {
    for (var found : all) {
      try {
        work.accept(found);
      } catch (RuntimeException failure) {
        LOG.error("{} was not carried on", found.id(), failure);
      }
    }
  }
}
