package dev.slipway.fleet.service.terminal;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.fleet.service.NodeId;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.terminal.TerminalSession.End;
import dev.slipway.fleet.store.terminal.TerminalStore;
import dev.slipway.fleet.store.terminal.TerminalStore.Piece;
import dev.slipway.fleet.store.terminal.TerminalStore.Put;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Terminals whose client is at one node and whose agent came to another. The pieces go through the
 * database, sealed and a few at a time in each direction, and signals say that there are some or
 * that there is room.
 */
@Component(service = TerminalLines.class)
public final class TerminalLines {
  private static final Scope EVERYONE = Scope.platform("nodes carry terminals of all tenants");

  private final Database db;
  private final TerminalStore store;
  private final Signals signals;
  private final Secrets secrets;
  private final Json json;
  private final UUID node;

  @Activate
  public TerminalLines(
      @Reference Database db,
      @Reference TerminalStore store,
      @Reference Signals signals,
      @Reference Secrets secrets,
      @Reference Json json,
      @Reference NodeId node) {
    this.db = db;
    this.store = store;
    this.signals = signals;
    this.secrets = secrets;
    this.json = json;
    this.node = node.value();
  }

  /**
   * One end of a line.
   *
   * @param agents whether it is the agent's and not the client's
   */
  record Place(UUID tenantId, UUID sessionId, boolean agents) {
    String topic() {
      return Topics.terminal(sessionId, agents);
    }

    Place other() {
      return new Place(tenantId, sessionId, !agents);
    }

    private String seal() {
      return "fleet_terminal_piece/" + sessionId + "/content";
    }
  }

  /** What one end says to the other: data, a size, or how it ended. */
  record Word(
      byte @Nullable [] data,
      @Nullable Integer columns,
      @Nullable Integer rows,
      @Nullable End end) {
    static Word of(byte[] data) {
      return new Word(data, null, null, null);
    }
  }

  /** A word with its number on the line. */
  record Numbered(long number, Word word) {}

  /** Lets the agent come to any node. */
  void open(UUID tenantId, TerminalSession session) {
    db.run(EVERYONE, () -> store.open(session.id(), tenantId, session.serverId(), node));
  }

  /** How many terminals lead to a server, at all nodes. */
  int count(UUID serverId) {
    return db.read(EVERYONE, () -> store.count(serverId));
  }

  /** Nobody waits for the agent any more. */
  void close(TerminalSession session) {
    db.run(
        EVERYONE,
        () -> {
          if (store.close(session.id())) {
            signals.raise(Topics.terminal(session.id(), true));
          }
        });
  }

  /** Whether somebody still waits for the agent. */
  boolean isOpen(UUID sessionId) {
    return db.read(EVERYONE, () -> store.isOpen(sessionId));
  }

  /** Attaches an agent that has come to another node; false where none has. */
  boolean attach(UUID tenantId, TerminalSession session) {
    var joined = db.read(EVERYONE, () -> store.joined(session.id()));
    if (joined) {
      new RemoteAgent(line(new Place(tenantId, session.id(), false)), session).attach();
    }
    return joined;
  }

  /**
   * A server's agent has come here with a terminal whose client is at another node; empty where
   * there is no such client.
   */
  Optional<TerminalSession> join(UUID tenantId, UUID serverId, UUID sessionId) {
    var place = new Place(tenantId, sessionId, true);
    var joined =
        db.<Boolean>write(
            EVERYONE,
            () -> {
              var first = store.join(sessionId, serverId, node);
              if (first) {
                signals.raise(place.other().topic());
              }
              return first;
            });
    return joined ? Optional.of(RemoteClient.join(line(place), serverId)) : Optional.empty();
  }

  private TerminalLine line(Place place) {
    return new TerminalLine(this, place, signals);
  }

  /** Sends a word to the other end. */
  Put put(Place from, Numbered word) {
    var content = secrets.seal(from.tenantId(), from.seal(), json.write(word.word()));
    try {
      return db.write(
          EVERYONE,
          () -> {
            var put =
                store.put(from.sessionId(), !from.agents(), new Piece(word.number(), content));
            if (put == Put.SENT) {
              signals.raise(from.other().topic());
            }
            return put;
          });
    } catch (ConstraintViolation closedMeanwhile) {
      return Put.GONE;
    }
  }

  /** What came behind a word, up to which all was taken; null once the line is gone. */
  @Nullable List<Numbered> take(Place to, long after) {
    return db.write(
        EVERYONE,
        () -> {
          if (store.taken(to.sessionId(), to.agents(), after)) {
            signals.raise(to.other().topic());
          }
          var pieces = store.next(to.sessionId(), to.agents(), after);
          return pieces.isEmpty() && !store.isOpen(to.sessionId())
              ? null
              : pieces.stream().map(piece -> opened(to, piece)).toList();
        });
  }

  private Numbered opened(Place to, Piece piece) {
    var text = secrets.open(to.tenantId(), to.seal(), piece.content());
    return new Numbered(piece.number(), json.read(text, Word.class));
  }
}
