package dev.slipway.fleet.store.terminal;

import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Terminals that are open, and what is on its way; every call needs a platform-wide unit. */
@Component(service = TerminalStore.class)
public final class TerminalStore {
  /** Pieces that may wait in one direction. */
  public static final int MOST_WAITING = 8;

  private final TerminalMapper mapper;

  @Activate
  public TerminalStore(@Reference Database database) {
    mapper = database.mapper(TerminalMapper.class);
  }

  /** What became of a piece. */
  public enum Put {
    SENT,
    FULL,
    GONE
  }

  /** A piece on its way. */
  public record Piece(long number, String content) {}

  /** Lets agents that come to other nodes find a terminal. */
  public void open(UUID id, UUID tenantId, UUID serverId, UUID node) {
    mapper.open(id, tenantId, serverId, node);
  }

  /** Forgets a terminal and all that is on its way; false where it was gone. */
  public boolean close(UUID id) {
    return mapper.close(id) > 0;
  }

  /** How many lead to a server. */
  public int count(UUID serverId) {
    return mapper.count(serverId);
  }

  /** A server's agent has come to a node with a terminal; false where nobody waits for it. */
  public boolean join(UUID id, UUID serverId, UUID node) {
    return mapper.join(id, serverId, node) > 0;
  }

  /** Whether the agent has come to another node. */
  public boolean joined(UUID id) {
    return mapper.joined(id);
  }

  public boolean isOpen(UUID id) {
    return mapper.isOpen(id);
  }

  /** Sends a piece, where there is room. */
  public Put put(UUID id, boolean toAgent, Piece piece) {
    return mapper.put(id, toAgent, piece.number(), piece.content(), MOST_WAITING);
  }

  /** The pieces behind one of them, in order. */
  public List<Piece> next(UUID id, boolean toAgent, long after) {
    return mapper.next(id, toAgent, after);
  }

  /** Forgets pieces that were taken; false where that was done before. */
  public boolean taken(UUID id, boolean toAgent, long upTo) {
    return mapper.taken(id, toAgent, upTo) > 0;
  }
}
