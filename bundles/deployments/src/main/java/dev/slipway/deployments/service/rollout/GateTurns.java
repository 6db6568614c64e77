package dev.slipway.deployments.service.rollout;

import dev.slipway.deployments.service.Batch;
import dev.slipway.deployments.store.SweepMapper.Found;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scripts that are asked at the same time: some at all, and few of one tenant. */
final class GateTurns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GateTurns.class);
  private static final int PLACES = 16;
  private static final long OF_TENANT = 2;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("gate scripts ", 0).factory());

  /** What is being asked about, and whose it is. */
  private final Map<UUID, UUID> asking = new HashMap<>();

  /**
   * Begins to ask about a deployment, unless that is being done or there is no place.
   *
   * @return whether it has its turn: it is being asked about, or waits for its own tenant alone
   */
  boolean take(Found found, Runnable work) {
    synchronized (asking) {
      var ofTenant = asking.values().stream().filter(found.tenantId()::equals).count();
      if (asking.containsKey(found.id()) || ofTenant >= OF_TENANT) {
        return true;
      }
      if (asking.size() >= PLACES) {
        return false;
      }
      asking.put(found.id(), found.tenantId());
    }
    threads.execute(() -> run(found, work));
    return true;
  }

  private void run(Found found, Runnable work) {
    try {
      Batch.each(List.of(found), same -> work.run());
    } finally {
      synchronized (asking) {
        asking.remove(found.id());
      }
    }
  }

  /** Ends after what is being asked; what takes too long is interrupted, and asked again later. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("some scripts at gates have not ended; they are asked again");
        threads.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
