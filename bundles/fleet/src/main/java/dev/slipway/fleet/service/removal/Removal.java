package dev.slipway.fleet.service.removal;

import dev.slipway.activity.Operations;
import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.store.server.ServerFilter;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes a server out: its agent uninstalls itself where it can be reached, then its credentials
 * become void. An agent that was told to go and did not say that it does leaves the server as
 * {@code cleanup_failed}, to be tried again.
 */
@Component(service = {Removal.class, EventListener.class})
public final class Removal implements EventListener {
  private static final String COMMAND_FINISHED = "fleet.command.finished";
  private static final String TENANT_DELETED = "accounts.tenant.deleted";
  private static final String PHASE = "uninstall";
  private static final Duration UNINSTALL_TIMEOUT = Duration.ofMinutes(3);
  private static final int UNINSTALL = 1;
  private static final int REVOKE = 2;
  private static final int REMOVE = 3;
  private static final List<String> STEPS =
      List.of("Uninstall the agent", "Revoke its credentials", "Remove the server");

  private final Database db;
  private final ServerStore store;
  private final CommandService commands;
  private final Operations operations;
  private final Events events;
  private final Signals signals;

  @Activate
  public Removal(
      @Reference Database db,
      @Reference ServerStore store,
      @Reference CommandService commands,
      @Reference Operations operations,
      @Reference Events events,
      @Reference Signals signals) {
    this.db = db;
    this.store = store;
    this.commands = commands;
    this.operations = operations;
    this.events = events;
    this.signals = signals;
  }

  /**
   * Begins, on behalf of the caller.
   *
   * @return the operation to watch; the same one where it is under way already
   */
  public UUID start(Caller caller, UUID serverId) {
    return start(Scope.of(caller), caller.userId(), serverId);
  }

  private UUID start(Scope scope, @Nullable UUID by, UUID serverId) {
    return db.write(
        scope,
        () -> {
          var server = store.lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          if (server.status() == ServerStatus.DEPROVISIONING) {
            return Objects.requireNonNull(server.operationId());
          }
          if (server.operationId() != null) {
            operations.cancel(scope, server.operationId(), "the server is being removed");
          }
          var operation =
              operations.start(
                  scope,
                  new Operations.Draft("server.deprovision", "server", serverId, null, STEPS, by));
          begin(scope, server, operation);
          return operation;
        });
  }

  /** Tries a removal again that failed. */
  public UUID retry(Caller caller, UUID serverId) {
    return db.write(
        Scope.of(caller),
        () -> {
          var server = store.lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          if (server.status() != ServerStatus.CLEANUP_FAILED) {
            throw FleetError.NOT_CLEANUP_FAILED.of();
          }
          return start(caller, serverId);
        });
  }

  private void begin(Scope scope, ServerRow server, UUID operation) {
    // Whatever its status: also who is quarantined, say, is told to go.
    var connected = store.hasStream(server.id());
    if (connected) {
      commands.submit(
          scope,
          CommandRequest.of(
                  server.id(), CommandType.UNINSTALL, "{}", CommandService.OWNER, UNINSTALL_TIMEOUT)
              .about(operation, null, PHASE));
    }
    store.removing(server.id(), operation);
    events.publish(
        new FleetEvent.Deprovisioning(server.id(), server.tenantId(), server.name(), operation));
    if (connected) {
      operations.stepRunning(scope, operation, UNINSTALL, "waiting for the agent");
    } else {
      operations.stepSkipped(scope, operation, UNINSTALL, "the agent is not connected");
      complete(scope, server, operation);
    }
  }

  @Override
  public String name() {
    return "fleet.removal";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(COMMAND_FINISHED, TENANT_DELETED);
  }

  @Override
  public void on(StoredEvent event) {
    switch (event.type()) {
      case COMMAND_FINISHED -> finished(event);
      case TENANT_DELETED -> tenantGone(Scope.tenant(event.subjectId()));
      default -> throw new IllegalStateException("not asked for: " + event.type());
    }
  }

  /** Of a tenant that is gone all servers are taken out. */
  private void tenantGone(Scope scope) {
    var all = new ServerFilter(null, null, Map.of(), null);
    var found = new ArrayList<UUID>();
    var page = new PageRequest(PageRequest.MAX_LIMIT, 0);
    List<ServerRow> some;
    do {
      var next = page;
      some = db.read(scope, () -> store.list(all, next)).items();
      some.forEach(server -> found.add(server.id()));
      page = new PageRequest(page.limit(), page.offset() + page.limit());
    } while (!some.isEmpty());
    found.forEach(server -> start(scope, null, server));
  }

  private void finished(StoredEvent event) {
    if (!CommandService.OWNER.equals(event.text("owner")) || !PHASE.equals(event.text("phase"))) {
      return;
    }
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    db.run(
        scope,
        () ->
            store
                .lock(event.subjectId())
                .filter(server -> server.status() == ServerStatus.DEPROVISIONING)
                .filter(server -> Objects.equals(server.operationId(), event.uuid("reference_id")))
                .ifPresent(server -> uninstalled(scope, server, event)));
  }

  private void uninstalled(Scope scope, ServerRow server, StoredEvent event) {
    var operation = Objects.requireNonNull(server.operationId());
    var command =
        commands.find(scope, Objects.requireNonNull(event.uuid("command_id"))).orElseThrow();
    if (command.status() == CommandStatus.COMPLETED) {
      operations.stepDone(scope, operation, UNINSTALL, command.result());
      complete(scope, server, operation);
      return;
    }
    var reason = Objects.requireNonNullElse(command.error(), "the agent did not say why");
    store.cleanupFailed(server.id(), reason);
    operations.fail(scope, operation, reason);
    events.publish(
        new FleetEvent.CleanupFailed(server.id(), server.tenantId(), server.name(), reason));
  }

  private void complete(Scope scope, ServerRow server, UUID operation) {
    operations.stepRunning(scope, operation, REVOKE, null);
    commands.endAll(server.id(), "the server was removed");
    store.removed(server.id());
    signals.raise(Topics.revoked(server.id()));
    operations.stepDone(scope, operation, REVOKE, null);
    operations.stepDone(scope, operation, REMOVE, null);
    operations.succeed(scope, operation);
    events.publish(new FleetEvent.Deleted(server.id(), server.tenantId(), server.name()));
  }
}
