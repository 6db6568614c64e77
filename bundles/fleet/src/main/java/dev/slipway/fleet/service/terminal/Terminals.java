package dev.slipway.fleet.service.terminal;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.WebSocket;
import dev.slipway.data.Database;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.service.SeenContainer;
import dev.slipway.fleet.service.server.ServerRights;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets people talk to a command inside an app's running container. */
@Component(service = Terminals.class)
public final class Terminals {
  private static final int MOST = 20;

  private final Database db;
  private final ServerStore servers;
  private final Residents residents;
  private final ServerRights rights;
  private final Events events;
  private final TerminalTalks talks;

  /**
   * What somebody wants to talk to.
   *
   * @param command a command line for the container's shell
   */
  public record Wanted(UUID appId, String command, int columns, int rows) {}

  /**
   * Who talks to what.
   *
   * @param check refuses a caller who may not do that, or not any more
   */
  record Place(
      Caller caller, UUID serverId, String container, Wanted wanted, Consumer<Caller> check) {
    Scope scope() {
      return Scope.of(caller);
    }
  }

  @Activate
  public Terminals(
      @Reference Database db,
      @Reference ServerStore servers,
      @Reference Residents residents,
      @Reference ServerRights rights,
      @Reference Events events,
      @Reference TerminalTalks talks) {
    this.db = db;
    this.servers = servers;
    this.residents = residents;
    this.rights = rights;
    this.events = events;
    this.talks = talks;
  }

  /**
   * A terminal in the container of an app; refuses where the caller may not operate its server, or
   * it can not be reached.
   */
  public WebSocket open(Caller caller, Wanted wanted) {
    var scope = Scope.of(caller);
    residents.requireApp(scope, wanted.appId());
    var on = residents.serversOfApp(scope, wanted.appId());
    on.forEach(server -> rights.require(caller, server, ServerRight.OPERATOR));
    var place =
        on.stream()
            .flatMap(server -> running(caller, server, wanted).stream())
            .findFirst()
            .orElseThrow(FleetError.NOTHING_RUNS::of);
    if (!db.read(scope, () -> servers.hasStream(place.serverId()))) {
      throw FleetError.AGENT_OFFLINE.of();
    }
    if (talks.count(place.serverId()) >= MOST) {
      throw FleetError.TOO_MANY_TERMINALS.of(MOST);
    }
    db.run(
        scope,
        () ->
            events.publish(
                new FleetEvent.TerminalOpened(
                    place.serverId(),
                    caller.tenantId(),
                    wanted.appId(),
                    place.container(),
                    caller.name(),
                    wanted.command())));
    return new WebSocket(connection -> talks.serve(place, connection));
  }

  private List<Place> running(Caller caller, UUID serverId, Wanted wanted) {
    var names =
        residents.containers(caller.tenantId(), serverId).stream()
            .filter(container -> container.appId().equals(wanted.appId()))
            .map(AppContainer::containerName)
            .collect(Collectors.toSet());
    Consumer<Caller> check = now -> rights.require(now, serverId, ServerRight.OPERATOR);
    return db.read(Scope.of(caller), () -> servers.snapshot(serverId)).stream()
        .flatMap(snapshot -> snapshot.containers().stream())
        .map(SeenContainer::of)
        .filter(container -> container.running() && names.contains(container.name()))
        .map(container -> new Place(caller, serverId, container.name(), wanted, check))
        .toList();
  }
}
