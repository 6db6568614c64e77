package dev.slipway.fleet.store.command;

import dev.slipway.data.Database;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands as rows; every call needs a unit of work. */
@Component(service = CommandStore.class)
public final class CommandStore {
  private final CommandMapper mapper;

  @Activate
  public CommandStore(@Reference Database database) {
    mapper = database.mapper(CommandMapper.class);
  }

  public Optional<CommandRow> find(UUID id) {
    return Optional.ofNullable(mapper.find(id));
  }

  /** As {@link #find}, and locks it. */
  public Optional<CommandRow> lock(UUID id) {
    return Optional.ofNullable(mapper.lock(id));
  }

  /** Adds a row, or returns the one with the same idempotency key. */
  public CommandRow insert(CommandRow row) {
    if (mapper.insertOnce(row) == 1) {
      return row;
    }
    var key = Objects.requireNonNull(row.idempotencyKey());
    return Objects.requireNonNull(
        mapper.byKey(row.tenantId(), key), "a command was removed just now");
  }

  /**
   * Marks the oldest pending ones as dispatched on a stream, unless the server has another stream
   * by now.
   */
  public List<CommandRow> claim(UUID server, UUID stream, int limit) {
    return mapper.claim(server, stream, Instant.now(), limit);
  }

  /** Notes that an agent has a command, where that is in flight and its server's. */
  public void acknowledged(UUID id, UUID server, Instant at) {
    mapper.alive(id, server, null, at);
  }

  /**
   * Notes that an agent works on a command; empty where it is not in flight or another server's.
   */
  public Optional<CommandRow> progressed(UUID id, UUID server, UUID stream) {
    return Optional.ofNullable(mapper.alive(id, server, stream, null));
  }

  /** Ends a command; empty where it is not in flight or another server's. */
  public Optional<CommandRow> finish(
      UUID id, UUID server, CommandStatus to, CommandMapper.End end) {
    return Optional.ofNullable(mapper.finish(id, server, to, end));
  }

  /** Moves a row that must be locked. */
  public void move(UUID id, CommandStatus from, CommandStatus to, CommandMapper.@Nullable End end) {
    if (mapper.move(id, from, to, end) != 1) {
      throw new IllegalStateException("command " + id + " is not locked in " + from);
    }
  }

  /** False where that was asked before. */
  public boolean cancelAsked(UUID id) {
    return mapper.cancelAsked(id, Instant.now()) == 1;
  }

  /** Notes on which commands in flight the stream is gone. */
  public void noteLost(Instant now) {
    mapper.noteLost(now);
  }

  /** Commands past their deadline or without their stream for too long. */
  public List<CommandRow> unsettled(Instant now, Instant lostBefore, int limit) {
    return mapper.unsettled(now, lostBefore, limit);
  }

  /** Ids of a server's commands that are not final. */
  public List<UUID> open(UUID server) {
    return mapper.open(server);
  }

  /** A server's commands, the newest first. */
  public List<CommandRow> recent(UUID server, int limit) {
    return mapper.recent(server, limit);
  }

  /** What waits for a server. */
  public QueueLook queue(UUID server) {
    return mapper.queue(server);
  }

  /**
   * Whether a command of this type and phase is open; where a time is given, whether one was added
   * since then, be it over or not.
   */
  public boolean asked(
      UUID server, CommandType type, @Nullable String phase, @Nullable Instant since) {
    return mapper.asked(server, type, phase, since);
  }

  /** Cancels a server's pending commands; returns them. */
  public List<CommandRow> cancelPending(UUID server, String error) {
    return mapper.cancelPending(server, Instant.now(), error);
  }

  /** Removes some commands that ended before; returns how many. */
  public int purge(Instant before) {
    return mapper.purge(before);
  }
}
