package dev.slipway.fleet.service.enrolment;

import dev.slipway.activity.Operations;
import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.LabelRule;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.store.command.CommandStore;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings servers under control: those that are to come, and known ones anew. What is begun here
 * ends when the agent is heard, not when it was asked.
 */
@Component(service = {Provisioning.class, EventListener.class})
public final class Provisioning implements EventListener {
  private static final String NAME = "fleet_server_name";
  private static final String PHASE = "reenroll";
  private static final String REGISTERED = "fleet.server.registered";
  private static final String COMMAND_FINISHED = "fleet.command.finished";
  private static final Duration GUARD = Duration.ofMinutes(5);
  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(10);
  private static final List<String> REINSTALL =
      List.of("Issue an install token", "Run the installer", "Hear the agent");
  private static final List<String> RECONNECT = List.of("Cut the stream", "Hear the agent");

  private final Database db;
  private final Rows rows;
  private final Enrolment enrolment;
  private final CommandService commands;
  private final ServerPresence presence;
  private final Accounts accounts;

  private record Rows(ServerStore servers, CommandStore commands) {}

  /** Where it is told what happens. */
  private record Accounts(Operations operations, Events events) {}

  @Activate
  public Provisioning(
      @Reference Database db,
      @Reference Enrolment enrolment,
      @Reference CommandService commands,
      @Reference ServerPresence presence,
      @Reference Operations operations,
      @Reference Events events) {
    this.db = db;
    this.enrolment = enrolment;
    this.commands = commands;
    this.presence = presence;
    accounts = new Accounts(operations, events);
    rows = new Rows(new ServerStore(db), new CommandStore(db));
  }

  /** A server to be. */
  public record Draft(
      String name,
      @Nullable String hostname,
      @Nullable String publicIpv4,
      @Nullable String provider,
      @Nullable String region,
      @Nullable String description,
      Map<String, @Nullable String> labels) {}

  /** A server that waits for its agent. */
  public record Awaited(ServerRow server, Enrolment.Issued token) {}

  /**
   * A reinstallation.
   *
   * @param token to be used on the machine by hand; null where the agent does it itself
   */
  public record Reinstall(UUID operationId, Enrolment.@Nullable Issued token) {}

  /** A reconnection. */
  public record Reconnect(UUID operationId, ServerRow server) {}

  /**
   * A renewal of credentials.
   *
   * @param commandId null where the agent is offline
   */
  public record Renewal(@Nullable UUID commandId, Enrolment.Issued token) {}

  /** Adds a server whose agent is still to be installed. */
  public Awaited create(Caller caller, Draft draft) {
    var id = Ids.next();
    var row =
        ServerRow.awaited(
            id,
            caller.tenantId(),
            LabelRule.checked(draft.labels()),
            draft.name().strip(),
            draft.hostname(),
            draft.publicIpv4(),
            draft.provider(),
            draft.region(),
            draft.description());
    try {
      return db.write(
          Scope.of(caller),
          () -> {
            rows.servers().insert(row);
            accounts.events().publish(new FleetEvent.Created(id, row.tenantId(), row.name()));
            return new Awaited(row, enrolment.issueFor(caller, row, null));
          });
    } catch (ConstraintViolation clash) {
      if (clash.constraint().equals(NAME)) {
        throw FleetError.NAME_TAKEN.at("name", row.name());
      }
      throw clash;
    }
  }

  /** Installs a known server's agent anew. */
  public Reinstall reinstall(Caller caller, UUID serverId) {
    var scope = Scope.of(caller);
    return db.write(
        scope,
        () -> {
          var server = usable(serverId);
          var operation = begin(caller, server, "server.reinstall", REINSTALL);
          rows.servers().wants(serverId, operation, ServerStore.Wanted.REGISTRATION);
          var token = enrolment.issueFor(caller, server, Ids.next());
          accounts.operations().stepDone(scope, operation, 1, null);
          if (rows.servers().hasStream(serverId)) {
            commands.submit(scope, renewal(serverId, token).about(operation, null, PHASE));
            accounts.operations().stepRunning(scope, operation, 2, "the agent runs it");
            return new Reinstall(operation, null);
          }
          accounts
              .operations()
              .stepRunning(scope, operation, 2, "to be run on the machine by hand");
          return new Reinstall(operation, token);
        });
  }

  /** Lets a server's agent come back on a new stream. */
  public Reconnect reconnect(Caller caller, UUID serverId) {
    var scope = Scope.of(caller);
    return db.write(
        scope,
        () -> {
          var server = usable(serverId);
          var operation = begin(caller, server, "server.reconnect", RECONNECT);
          rows.servers().wants(serverId, operation, ServerStore.Wanted.CONNECTION);
          if (presence.cut(serverId)) {
            accounts.operations().stepDone(scope, operation, 1, null);
          } else {
            accounts.operations().stepSkipped(scope, operation, 1, "there was none");
          }
          accounts.operations().stepRunning(scope, operation, 2, "waiting for the agent");
          return new Reconnect(operation, rows.servers().find(serverId).orElseThrow());
        });
  }

  /** Renews an agent's credentials by a fresh run of its installer. */
  public Renewal renew(Caller caller, UUID serverId) {
    var scope = Scope.of(caller);
    return db.write(
        scope,
        () -> {
          var server = usable(serverId);
          var since = Instant.now().minus(GUARD);
          if (rows.commands().asked(serverId, CommandType.REENROLL, null, since)) {
            throw FleetError.RENEWAL_ASKED.of(GUARD.toMinutes());
          }
          var token = enrolment.issueFor(caller, server, Ids.next());
          var connected = rows.servers().hasStream(serverId);
          var command = connected ? commands.submit(scope, renewal(serverId, token)).id() : null;
          return new Renewal(command, token);
        });
  }

  private CommandRequest renewal(UUID serverId, Enrolment.Issued token) {
    return CommandRequest.of(
        serverId,
        CommandType.REENROLL,
        enrolment.renewalPayload(token),
        CommandService.OWNER,
        INSTALL_TIMEOUT);
  }

  private ServerRow usable(UUID serverId) {
    var server = rows.servers().lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
    if (server.status() == ServerStatus.DEPROVISIONING) {
      throw FleetError.BEING_REMOVED.of();
    }
    return server;
  }

  private UUID begin(Caller caller, ServerRow server, String type, List<String> steps) {
    var scope = Scope.of(caller);
    if (server.operationId() != null) {
      accounts.operations().cancel(scope, server.operationId(), "it was begun anew");
    }
    return accounts
        .operations()
        .start(
            scope, new Operations.Draft(type, "server", server.id(), null, steps, caller.userId()));
  }

  @Override
  public String name() {
    return "fleet.provisioning";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(REGISTERED, "fleet.server.online", COMMAND_FINISHED);
  }

  @Override
  public void on(StoredEvent event) {
    if (event.type().equals(COMMAND_FINISHED) && !PHASE.equals(event.text("phase"))) {
      return;
    }
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    db.run(
        scope,
        () -> {
          if (event.type().equals(REGISTERED)) {
            commands.renewed(event.subjectId());
          }
          rows.servers()
              .lock(event.subjectId())
              .filter(server -> server.operationId() != null)
              .ifPresent(server -> heard(scope, server, event));
        });
  }

  private void heard(Scope scope, ServerRow server, StoredEvent event) {
    var operation = Objects.requireNonNull(server.operationId());
    var wanted = rows.servers().wanted(server.id());
    switch (event.type()) {
      case REGISTERED -> {
        if (wanted == ServerStore.Wanted.REGISTRATION) {
          rows.servers().wants(server.id(), operation, ServerStore.Wanted.CONNECTION);
          accounts.operations().stepDone(scope, operation, 2, null);
          accounts.operations().stepRunning(scope, operation, 3, "waiting for the agent");
        }
      }
      case "fleet.server.online" -> {
        if (wanted == ServerStore.Wanted.CONNECTION) {
          rows.servers().wants(server.id(), null, null);
          accounts.operations().succeed(scope, operation);
        }
      }
      default -> renewed(scope, server, operation, event);
    }
  }

  /** Only its failure counts: that it worked shows by the registration. */
  private void renewed(Scope scope, ServerRow server, UUID operation, StoredEvent event) {
    if (!operation.equals(event.uuid("reference_id"))) {
      return;
    }
    var command =
        commands.find(scope, Objects.requireNonNull(event.uuid("command_id"))).orElseThrow();
    if (command.status() != CommandStatus.COMPLETED) {
      rows.servers().wants(server.id(), null, null);
      accounts
          .operations()
          .fail(
              scope,
              operation,
              Objects.requireNonNullElse(command.error(), "the agent did not say why"));
    }
  }
}
