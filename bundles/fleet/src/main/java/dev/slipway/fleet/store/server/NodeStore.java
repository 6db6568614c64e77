package dev.slipway.fleet.store.server;

import dev.slipway.data.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which nodes live, and whose streams they hold; every call needs a platform-wide unit of work. */
@Component(service = NodeStore.class)
public final class NodeStore {
  private final NodeMapper mapper;

  @Activate
  public NodeStore(@Reference Database database) {
    mapper = database.mapper(NodeMapper.class);
  }

  /** A server's stream. */
  public record Held(UUID serverId, UUID streamId) {}

  /** Notes that a node lives. */
  public void beat(UUID node) {
    mapper.beat(node);
  }

  /** Notes that a node stops. */
  public void leave(UUID node) {
    mapper.leave(node);
  }

  /** Forgets the streams of all nodes that have been silent for so long, or have left. */
  public List<StatusChange> lost(Duration silence) {
    return mapper.lost(silence.toSeconds());
  }

  /** The streams that count as open on a node. */
  public List<Held> held(UUID node) {
    return mapper.held(node);
  }

  /** Lets streams of a node count again where the server has no other; returns the servers. */
  public List<UUID> resume(UUID node, Collection<Held> streams) {
    return mapper.resume(
        node,
        streams.stream().map(Held::serverId).toArray(UUID[]::new),
        streams.stream().map(Held::streamId).toArray(UUID[]::new));
  }
}
