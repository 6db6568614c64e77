package dev.slipway.fleet.service.command;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.service.SeenContainer;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.service.server.ServerRights;
import dev.slipway.fleet.store.command.CommandRow;
import dev.slipway.fleet.store.command.CommandStore;
import dev.slipway.fleet.store.command.QueueLook;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people see of commands, and the ones that they give themselves. */
@Component(service = CommandDesk.class)
public final class CommandDesk {
  private static final Duration RESTART_GUARD = Duration.ofSeconds(30);
  private static final Duration RESTART_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration LEAST_TIMEOUT = Duration.ofMinutes(2);
  private static final String CONTAINER_PHASE = "restart:";

  private final Database db;
  private final Rows rows;
  private final CommandService commands;
  private final ServerPresence presence;
  private final ServerRights rights;
  private final Json json;

  private record Rows(ServerStore servers, CommandStore commands) {}

  @Activate
  public CommandDesk(
      @Reference Database db,
      @Reference CommandService commands,
      @Reference ServerPresence presence,
      @Reference ServerRights rights,
      @Reference Json json) {
    this.db = db;
    this.commands = commands;
    this.presence = presence;
    this.rights = rights;
    this.json = json;
    rows = new Rows(new ServerStore(db), new CommandStore(db));
  }

  /** A server's commands, the newest first. */
  public List<CommandRow> list(Caller caller, UUID serverId, int limit) {
    return db.read(
        Scope.of(caller),
        () -> {
          found(serverId);
          return rows.commands().recent(serverId, limit);
        });
  }

  /** What waits for a server. */
  public QueueLook queue(Caller caller, UUID serverId) {
    return db.read(
        Scope.of(caller),
        () -> {
          found(serverId);
          return rows.commands().queue(serverId);
        });
  }

  /** Cancels what was not sent yet; returns how many. */
  public int drain(Caller caller, UUID serverId) {
    rights.require(caller, serverId, ServerRight.OPERATOR);
    return db.write(
        Scope.of(caller),
        () -> {
          locked(serverId);
          return commands.cancelPending(serverId, "the queue was drained");
        });
  }

  /** Cuts the command stream; false where there was none. */
  public boolean disconnect(Caller caller, UUID serverId) {
    rights.require(caller, serverId, ServerRight.OPERATOR);
    return db.write(
        Scope.of(caller),
        () -> {
          locked(serverId);
          return presence.cut(serverId);
        });
  }

  /** Lets the agent restart itself. */
  public Command restartAgent(Caller caller, UUID serverId) {
    rights.require(caller, serverId, ServerRight.OPERATOR);
    var scope = Scope.of(caller);
    return db.write(
        scope,
        () -> {
          requireConnected(locked(serverId));
          var since = Instant.now().minus(RESTART_GUARD);
          if (rows.commands().asked(serverId, CommandType.RESTART_SELF, null, since)) {
            throw FleetError.RESTART_ASKED.of(RESTART_GUARD.toSeconds());
          }
          return commands.submit(
              scope,
              CommandRequest.of(
                  serverId, CommandType.RESTART_SELF, "{}", CommandService.OWNER, RESTART_TIMEOUT));
        });
  }

  /** Bounces a container that the agent reported. */
  public Command restartContainer(
      Caller caller, UUID serverId, String container, int timeoutSeconds) {
    rights.require(caller, serverId, ServerRight.OPERATOR);
    var scope = Scope.of(caller);
    return db.write(
        scope,
        () -> {
          var server = locked(serverId);
          var seen = rows.servers().snapshot(serverId).orElseThrow().containers();
          if (seen.stream()
              .map(SeenContainer::of)
              .noneMatch(each -> each.name().equals(container))) {
            throw FleetError.CONTAINER_NOT_FOUND.of();
          }
          requireConnected(server);
          var phase = CONTAINER_PHASE + container;
          if (rows.commands().asked(serverId, CommandType.SERVICE_RESTART, phase, null)) {
            throw FleetError.CONTAINER_RESTARTING.of(container);
          }
          return commands.submit(
              scope,
              CommandRequest.of(
                      serverId,
                      CommandType.SERVICE_RESTART,
                      json.write(
                          Map.of("container_name", container, "timeout_seconds", timeoutSeconds)),
                      CommandService.OWNER,
                      LEAST_TIMEOUT.plusSeconds(timeoutSeconds))
                  .about(serverId, null, phase));
        });
  }

  private ServerRow found(UUID serverId) {
    return rows.servers().find(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
  }

  private ServerRow locked(UUID serverId) {
    return rows.servers().lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
  }

  private void requireConnected(ServerRow server) {
    if (!rows.servers().hasStream(server.id())) {
      throw FleetError.AGENT_OFFLINE.of();
    }
  }
}
