package dev.slipway.fleet.service;

import dev.slipway.api.Ids;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The terminals that clients have open at this node. */
@Component(service = TerminalSessions.class)
public final class TerminalSessions {
  private final Map<UUID, TerminalSession> open = new ConcurrentHashMap<>();
  private final UUID node;

  @Activate
  public TerminalSessions(@Reference NodeId node) {
    this.node = node.value();
  }

  boolean isHere(UUID other) {
    return node.equals(other);
  }

  TerminalSession open(UUID serverId) {
    var session = new TerminalSession(Ids.next(), serverId);
    open.put(session.id(), session);
    return session;
  }

  void close(TerminalSession session) {
    open.remove(session.id());
    session.close();
  }

  /** How many lead to a server. */
  long count(UUID serverId) {
    return open.values().stream().filter(each -> each.serverId().equals(serverId)).count();
  }

  /** The session that an agent names; empty where it is none of its server's. */
  public Optional<TerminalSession> of(UUID serverId, UUID sessionId) {
    return Optional.ofNullable(open.get(sessionId))
        .filter(session -> session.serverId().equals(serverId));
  }
}
