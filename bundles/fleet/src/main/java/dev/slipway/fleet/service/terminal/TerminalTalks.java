package dev.slipway.fleet.service.terminal;

import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.api.rest.WebSocket;
import dev.slipway.data.Database;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.service.terminal.Terminals.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Holds the conversations of this node's clients with commands at agents. */
@Component(service = TerminalTalks.class)
public final class TerminalTalks {
  private static final Duration LONGEST = Duration.ofHours(8);

  private final Parts parts;

  /** What a conversation needs. */
  record Parts(
      Database db,
      CommandService commands,
      TerminalSessions sessions,
      Events events,
      Signals signals,
      Json json) {}

  @Activate
  public TerminalTalks(
      @Reference Database db,
      @Reference CommandService commands,
      @Reference TerminalSessions sessions,
      @Reference Events events,
      @Reference Signals signals,
      @Reference Json json) {
    parts = new Parts(db, commands, sessions, events, signals, json);
  }

  /** Returns when the conversation is over and recorded. */
  void serve(Place place, WebSocket.Connection client) throws InterruptedException {
    new TerminalTalk(parts, place, client).run();
  }

  /** How many lead to a server, at all nodes. */
  int count(UUID serverId) {
    return parts.sessions().count(serverId);
  }

  /** What tells the agent to come. */
  static CommandRequest request(Place place, TerminalSession session, Json json) {
    var wanted = place.wanted();
    return CommandRequest.of(
            place.serverId(),
            CommandType.TERMINAL,
            json.write(
                Map.of(
                    "session_id",
                    session.id().toString(),
                    "container_name",
                    place.container(),
                    "command",
                    List.of("/bin/sh", "-c", "exec " + wanted.command()),
                    "columns",
                    wanted.columns(),
                    "rows",
                    wanted.rows())),
            CommandService.OWNER,
            LONGEST)
        .about(session.id(), wanted.appId(), "terminal");
  }
}
