package dev.slipway.fleet.resource.command;

import dev.slipway.fleet.store.command.CommandRow;
import dev.slipway.fleet.store.command.QueueLook;
import dev.slipway.fleet.store.removal.OrphanRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands and leftovers, as clients see them. */
public final class CommandPayloads {
  private static final int TIMEOUT = 10;
  private static final int RECONNECT_SECONDS = 5;

  private CommandPayloads() {}

  /** Where a command stands, in the words of the wire. */
  public enum State {
    PENDING,
    INFLIGHT,
    FAILED,
    COMPLETED
  }

  /** Without the payload, which may hold secrets. */
  public record AgentCommand(
      UUID id,
      String type,
      State status,
      @Nullable String error,
      Instant createdAt,
      @Nullable Instant dispatchedAt,
      @Nullable Instant finishedAt) {
    public static AgentCommand of(CommandRow row) {
      var state =
          switch (row.status()) {
            case PENDING -> State.PENDING;
            case DISPATCHED, RUNNING -> State.INFLIGHT;
            case COMPLETED -> State.COMPLETED;
            case FAILED, CANCELLED, EXPIRED -> State.FAILED;
          };
      return new AgentCommand(
          row.id(),
          "COMMAND_TYPE_" + row.type().name(),
          state,
          row.error(),
          row.createdAt(),
          row.dispatchedAt(),
          row.finishedAt());
    }
  }

  public record CommandsAnswer(List<AgentCommand> commands) {
    public static CommandsAnswer of(List<CommandRow> rows) {
      return new CommandsAnswer(rows.stream().map(AgentCommand::of).toList());
    }
  }

  public record QueueAnswer(QueueLook queue) {}

  public record DrainedAnswer(int drained) {}

  public record DisconnectedAnswer(boolean disconnected) {}

  public record RestartAnswer(boolean queued, UUID commandId, int estimatedReconnectSeconds) {
    public static RestartAnswer of(UUID commandId) {
      return new RestartAnswer(true, commandId, RECONNECT_SECONDS);
    }
  }

  public record ContainerRestart(@Min(1) @Max(120) @Nullable Integer timeoutSeconds) {
    static int timeout(@Nullable ContainerRestart body) {
      return body == null || body.timeoutSeconds() == null ? TIMEOUT : body.timeoutSeconds();
    }
  }

  public record ContainerRestartAnswer(boolean queued, UUID commandId, String containerName) {}

  public record ErasedAnswer(boolean deleted, int orphansRecorded) {}

  public record OrphanView(
      UUID id,
      UUID serverId,
      OrphanRow.Kind kind,
      String name,
      @Nullable String ownerKind,
      @Nullable UUID ownerId,
      String reason,
      OrphanRow.Status status,
      int attempts,
      @Nullable String lastError,
      @Nullable Instant nextAttemptAt,
      Instant createdAt) {
    public static OrphanView of(OrphanRow row) {
      return new OrphanView(
          row.id(),
          row.serverId(),
          row.kind(),
          row.name(),
          row.ownerKind(),
          row.ownerId(),
          row.reason(),
          row.status(),
          row.attempts(),
          row.lastError(),
          row.nextAttemptAt(),
          row.createdAt());
    }
  }

  public record OrphansAnswer(List<OrphanView> orphans) {
    public static OrphansAnswer of(List<OrphanRow> rows) {
      return new OrphansAnswer(rows.stream().map(OrphanView::of).toList());
    }
  }
}
