package dev.slipway.fleet.service.command;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.Commands;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.store.command.CommandRow;
import dev.slipway.fleet.store.command.CommandStore;
import dev.slipway.fleet.store.server.ServerStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes commands from features. */
@Component(service = {CommandService.class, Commands.class})
public final class CommandService implements Commands {
  /** Below the agent's limit of 30 MiB for a whole message. */
  static final int LARGEST_PAYLOAD = 24 * 1024 * 1024;

  /** Name under which fleet's own commands go. */
  public static final String OWNER = "fleet";

  private static final Duration CANCEL_TIMEOUT = Duration.ofMinutes(1);

  private final Database db;
  private final CommandStore store;
  private final ServerStore servers;
  private final CommandFlow flow;
  private final Signals signals;
  private final Secrets secrets;

  @Activate
  public CommandService(
      @Reference Database db,
      @Reference CommandStore store,
      @Reference ServerStore servers,
      @Reference CommandFlow flow,
      @Reference Signals signals,
      @Reference Secrets secrets) {
    this.db = db;
    this.store = store;
    this.servers = servers;
    this.flow = flow;
    this.signals = signals;
    this.secrets = secrets;
  }

  @Override
  public Command submit(Scope scope, CommandRequest request) {
    return db.write(
        scope,
        () -> {
          var server =
              servers
                  .receiver(request.serverId(), request.type().number())
                  .orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          if (server.status() == ServerStatus.DEPROVISIONING) {
            throw FleetError.BEING_REMOVED.of();
          }
          if (!server.takes()) {
            throw FleetError.COMMAND_UNSUPPORTED.of(request.type().name().toLowerCase(Locale.ROOT));
          }
          return add(server.tenantId(), request);
        });
  }

  @Override
  public Optional<Command> find(Scope scope, UUID commandId) {
    return db.read(scope, () -> store.find(commandId)).map(CommandRow::toCommand);
  }

  @Override
  public boolean cancel(Scope scope, UUID commandId) {
    return db.write(
            scope,
            () -> store.lock(commandId).filter(row -> !row.status().isFinal()).map(this::cancel))
        .isPresent();
  }

  /** Adds a command's row in the current unit of work. */
  private Command add(UUID tenantId, CommandRequest request) {
    if (request.payload().getBytes(StandardCharsets.UTF_8).length > LARGEST_PAYLOAD) {
      throw FleetError.COMMAND_TOO_LARGE.of(LARGEST_PAYLOAD);
    }
    var id = Ids.next();
    var now = Instant.now();
    var row =
        new CommandRow(
            id,
            tenantId,
            request.serverId(),
            request.type(),
            CommandStatus.PENDING,
            request.owner(),
            request.referenceId(),
            request.appId(),
            request.phase(),
            request.idempotencyKey(),
            secrets.seal(tenantId, CommandFlow.place(id), request.payload()),
            now,
            now.plus(request.timeout()),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    var kept = store.insert(row);
    signals.raise(Topics.work(request.serverId()));
    return kept.toCommand();
  }

  private Command cancel(CommandRow row) {
    if (row.status() == CommandStatus.PENDING) {
      flow.end(row, CommandStatus.CANCELLED, null, "cancelled before it was sent");
    } else if (store.cancelAsked(row.id())) {
      stopOnServer(row);
    }
    return row.toCommand();
  }

  /** Cancels what was not sent to a server yet, in the current unit of work; returns how many. */
  int cancelPending(UUID serverId, String reason) {
    var cancelled = store.cancelPending(serverId, reason);
    cancelled.forEach(row -> flow.ended(row, CommandStatus.CANCELLED));
    return cancelled.size();
  }

  /**
   * A server has registered anew, in the current unit of work: what told its agent to do so has
   * come off, and the agent can not say it any more with a secret that is void.
   */
  public void renewed(UUID serverId) {
    for (var id : store.open(serverId)) {
      store
          .lock(id)
          .filter(row -> row.type() == CommandType.REENROLL && row.status().isInFlight())
          .ifPresent(
              row ->
                  flow.end(row, CommandStatus.COMPLETED, "the server has registered anew", null));
    }
  }

  /** Ends what is open of a server that goes, in the current unit of work. */
  public void endAll(UUID serverId, String reason) {
    for (var id : store.open(serverId)) {
      store
          .lock(id)
          .filter(row -> !row.status().isFinal())
          .ifPresent(row -> flow.end(row, CommandStatus.FAILED, null, reason));
    }
  }

  /** Tells the agent to stop work on a command, in the current unit of work. */
  void stopOnServer(CommandRow row) {
    add(
        row.tenantId(),
        CommandRequest.of(
                row.serverId(),
                CommandType.CANCEL_COMMAND,
                "{\"cancel_command_id\":\"" + row.id() + "\"}",
                OWNER,
                CANCEL_TIMEOUT)
            .about(row.id(), row.appId(), "cancel"));
  }
}
