package dev.slipway.fleet.service.terminal;

import dev.slipway.api.Ids;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The terminals that clients have open at this node, for agents that come to this or another. */
@Component(service = TerminalSessions.class)
public final class TerminalSessions {
  private final Map<UUID, TerminalSession> open = new ConcurrentHashMap<>();
  private final TerminalLines lines;

  @Activate
  public TerminalSessions(@Reference TerminalLines lines) {
    this.lines = lines;
  }

  TerminalSession open(UUID serverId) {
    var session = new TerminalSession(Ids.next(), serverId);
    open.put(session.id(), session);
    return session;
  }

  /** Lets the agent come to other nodes too. */
  void publish(UUID tenantId, TerminalSession session) {
    lines.open(tenantId, session);
  }

  /** Ends the agent's side where it is here. */
  void close(TerminalSession session) {
    open.remove(session.id());
    session.close();
  }

  /** Ends the agent's side where it is at another node. */
  void forget(TerminalSession session) {
    lines.close(session);
  }

  /** Whether the agent has come, to whatever node. */
  boolean hasAgent(UUID tenantId, TerminalSession session) {
    return session.attached() || lines.attach(tenantId, session);
  }

  /** How many lead to a server, at all nodes. */
  int count(UUID serverId) {
    return lines.count(serverId);
  }

  /** The session that an agent names; empty where it is none of its server's. */
  public Optional<TerminalSession> of(UUID tenantId, UUID serverId, UUID sessionId) {
    var here = open.get(sessionId);
    if (here == null) {
      return lines.join(tenantId, serverId, sessionId);
    }
    return Optional.of(here).filter(session -> session.serverId().equals(serverId));
  }
}
