package dev.slipway.fleet.service.command;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.store.command.CommandMapper;
import dev.slipway.fleet.store.command.CommandRow;
import dev.slipway.fleet.store.command.CommandStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The way of a command from its row to its end. Every step is checked against {@link CommandStatus}
 * under a row lock.
 */
@Component(service = CommandFlow.class)
public final class CommandFlow {
  private static final int LONGEST_ERROR = 4_000;

  private final Database db;
  private final CommandStore store;
  private final Events events;
  private final Signals signals;
  private final Secrets secrets;

  @Activate
  public CommandFlow(
      @Reference Database db,
      @Reference CommandStore store,
      @Reference Events events,
      @Reference Signals signals,
      @Reference Secrets secrets) {
    this.db = db;
    this.store = store;
    this.events = events;
    this.signals = signals;
    this.secrets = secrets;
  }

  /**
   * A command on its way to the agent.
   *
   * @param payload as it was submitted; may hold secrets
   */
  public record Outgoing(Command command, String payload) {
    /** Without the payload. */
    @Override
    public String toString() {
      return "Outgoing[" + command.id() + "]";
    }
  }

  /** Where the payload is sealed to. */
  static String place(UUID commandId) {
    return "fleet_command/" + commandId + "/payload";
  }

  /**
   * Takes the oldest pending commands for a stream. From the commit on they count as sent, so that
   * no crash can make one be sent twice.
   */
  public List<Outgoing> claim(UUID tenantId, UUID serverId, UUID streamId, int limit) {
    var rows = db.write(Scope.tenant(tenantId), () -> store.claim(serverId, streamId, limit));
    var outgoing = new ArrayList<Outgoing>(rows.size());
    for (var row : rows) {
      var payload =
          row.payload() == null ? "{}" : secrets.open(tenantId, place(row.id()), row.payload());
      outgoing.add(new Outgoing(row.toCommand(), payload));
    }
    return outgoing;
  }

  /** Puts a claimed command back that was certainly not written to the stream. */
  public void unsent(Command command) {
    db.run(
        Scope.tenant(command.tenantId()),
        () ->
            store
                .lock(command.id())
                .filter(row -> row.status() == CommandStatus.DISPATCHED)
                .ifPresent(this::again));
  }

  /** The agent has it. */
  public void acknowledged(UUID tenantId, UUID serverId, UUID commandId) {
    db.run(Scope.tenant(tenantId), () -> store.acknowledged(commandId, serverId, Instant.now()));
  }

  /** The agent works on it; empty where it is none of this server's commands in flight. */
  public Optional<Command> progressed(UUID tenantId, UUID serverId, UUID streamId, UUID commandId) {
    return db.write(
        Scope.tenant(tenantId),
        () -> store.progressed(commandId, serverId, streamId).map(CommandRow::toCommand));
  }

  /**
   * The agent reports the end. A second report, or one that comes after the platform has given the
   * command up, changes nothing.
   *
   * @param word the agent's word for the outcome
   * @return whether it made a difference
   */
  public boolean finished(
      UUID tenantId, UUID serverId, UUID commandId, String word, String output) {
    var status = outcome(word);
    return db.write(
        Scope.tenant(tenantId),
        () -> {
          var error = status == CommandStatus.COMPLETED ? null : output;
          var row = store.finish(commandId, serverId, status, ending(output, error));
          row.ifPresent(found -> ended(found, status));
          return row.isPresent();
        });
  }

  /** What the agent's word means; {@code queued} is its last word before it restarts itself. */
  static CommandStatus outcome(String word) {
    return switch (word) {
      case "completed", "queued" -> CommandStatus.COMPLETED;
      case "cancelled" -> CommandStatus.CANCELLED;
      default -> CommandStatus.FAILED;
    };
  }

  /** Ends a locked command, in the current unit of work. */
  void end(CommandRow row, CommandStatus to, @Nullable String result, @Nullable String error) {
    require(row, to);
    store.move(row.id(), row.status(), to, ending(result, error));
    ended(row, to);
  }

  private static CommandMapper.End ending(@Nullable String result, @Nullable String error) {
    var text =
        error == null || error.length() <= LONGEST_ERROR
            ? error
            : error.substring(0, LONGEST_ERROR);
    return new CommandMapper.End(Instant.now(), result, text);
  }

  /** Says that a command ended, in the unit of work that ended it. */
  void ended(CommandRow row, CommandStatus to) {
    events.publish(
        new FleetEvent.CommandFinished(
            row.serverId(),
            row.tenantId(),
            row.id(),
            row.type(),
            to,
            row.owner(),
            row.referenceId(),
            row.appId(),
            row.phase()));
    signals.raise(Topics.ended(row.id()));
  }

  /** Lets a locked command be sent once more, in the current unit of work. */
  void again(CommandRow row) {
    require(row, CommandStatus.PENDING);
    store.move(row.id(), row.status(), CommandStatus.PENDING, null);
    signals.raise(Topics.work(row.serverId()));
  }

  private static void require(CommandRow row, CommandStatus to) {
    if (!row.status().mayBecome(to)) {
      throw new IllegalStateException(
          "command " + row.id() + " can not go from " + row.status() + " to " + to);
    }
  }
}
