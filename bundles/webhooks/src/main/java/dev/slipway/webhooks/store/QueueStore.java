package dev.slipway.webhooks.store;

import dev.slipway.api.Ids;
import dev.slipway.data.Database;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Family;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of deliveries, one for each endpoint. */
public final class QueueStore {
  private final QueueMapper queues;

  public QueueStore(Database database) {
    queues = database.mapper(QueueMapper.class);
  }

  /** Open endpoints of all tenants that hear this; nobody else adds to their lines meanwhile. */
  public List<Line> adminTargets(String eventType) {
    return queues.targets(Family.ADMIN, null, null, eventType);
  }

  /** Open endpoints of the tenant that hear this of the app. */
  public List<Line> deployTargets(UUID tenantId, @Nullable UUID appId, String eventType) {
    return queues.targets(Family.DEPLOY, tenantId, appId, eventType);
  }

  /** A line to which nobody else adds until the unit of work ends. */
  public Line lock(UUID endpointId) {
    var line = queues.lock(endpointId);
    if (line == null) {
      throw new IllegalStateException("webhook " + endpointId + " has no line");
    }
    return line;
  }

  /**
   * Puts a message at the end of locked lines, except where its event is in already.
   *
   * @return the ids of the deliveries, in the order of the lines
   */
  public List<UUID> append(List<Line> lines, Message message) {
    var ids = Stream.generate(Ids::next).limit(lines.size()).toList();
    queues.append(
        ids.toArray(UUID[]::new),
        lines.stream().map(Line::endpointId).toArray(UUID[]::new),
        message);
    return ids;
  }

  /** Leases lines that are due. */
  public List<Leased> claim(boolean strained, Instant now, UUID lease, Instant until, int limit) {
    return queues.claim(strained, now, lease, until, limit);
  }

  /** The first deliveries of a line, in order. */
  public List<Delivery> heads(UUID endpointId, int limit) {
    return queues.heads(endpointId, limit);
  }

  /**
   * Writes what an attempt changes.
   *
   * @return the endpoint's version, 0 where it takes nothing more; empty where the lease was lost
   *     and nothing was written
   */
  public Optional<Integer> settle(Settlement settlement) {
    return Optional.ofNullable(queues.settle(settlement));
  }

  /** Gives a line back; it does not go on before that time, if any. */
  public void release(UUID endpointId, UUID lease, @Nullable Instant notBefore) {
    queues.release(endpointId, lease, notBefore);
  }

  /** Forgets how long a line was to wait. */
  public void hurry(UUID endpointId, Instant now) {
    queues.hurry(endpointId, now);
  }

  /** Ends at most so many deliveries that have waited since before then. */
  public int expire(Instant before, Instant now, int limit) {
    return queues.expire(before, now, limit);
  }
}
