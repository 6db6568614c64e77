package dev.slipway.fleet.service.agent;

import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import dev.slipway.fleet.store.server.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks an agent something and waits for the answer, for at most 5 s. */
@Component(service = AgentProbe.class)
public final class AgentProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MEBIBYTE = 1L << 20;
  private static final double NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS = 1_000_000_000;

  private final Database db;
  private final ServerStore servers;
  private final CommandService commands;
  private final Signals signals;
  private final Json json;

  @Activate
  public AgentProbe(
      @Reference Database db,
      @Reference ServerStore servers,
      @Reference CommandService commands,
      @Reference Signals signals,
      @Reference Json json) {
    this.db = db;
    this.servers = servers;
    this.commands = commands;
    this.signals = signals;
    this.json = json;
  }

  /**
   * What is stored of an agent, and what it says itself.
   *
   * @param live null where it could not be asked
   * @param error why not
   */
  public record Look(
      ServerRow server, @Nullable Live live, @Nullable String error, Instant checkedAt) {}

  /** An agent's own words, with what its last heartbeat said of the host. */
  public record Live(
      @Nullable String agentVersion,
      long uptimeSeconds,
      boolean dockerReachable,
      @Nullable Long diskFreeBytes,
      @Nullable Long memoryFreeBytes,
      double clockSkewMs) {}

  /** How long an agent takes to answer, and how far its clock is from ours. */
  public record Ping(double rttMs, double clockSkewMs, Instant agentTime) {}

  /** The answer to AGENT_STATUS, in its own names. */
  private record StatusAnswer(
      @Nullable String agentVersion,
      @Nullable Long uptimeSeconds,
      @Nullable Boolean dockerReachable,
      @Nullable Long serverTimeNanos) {}

  /** The answer to AGENT_PING. */
  private record PingAnswer(@Nullable Long agentTimeNanos) {}

  /** Looks at an agent; one that does not answer is no error. */
  public Look look(Caller caller, UUID serverId) {
    var scope = Scope.of(caller);
    var server = server(scope, serverId);
    try {
      var answered = ask(scope, server, CommandType.AGENT_STATUS);
      return new Look(server, live(scope, serverId, answered), null, Instant.now());
    } catch (PlatformException unanswered) {
      return new Look(server, null, unanswered.getMessage(), Instant.now());
    }
  }

  /** Measures the way to an agent and back. */
  public Ping ping(Caller caller, UUID serverId) {
    var scope = Scope.of(caller);
    var answered = ask(scope, server(scope, serverId), CommandType.AGENT_PING);
    var nanos = answer(answered, PingAnswer.class).agentTimeNanos();
    if (nanos == null) {
      throw FleetError.AGENT_UNREADABLE.of();
    }
    return new Ping(
        roundTrip(answered).toNanos() / NANOS_PER_MILLI,
        skewMillis(answered, nanos),
        instant(nanos));
  }

  /**
   * Asks an agent and returns the command with its answer; refuses with 422 where it is offline,
   * gives no answer, or refuses.
   */
  public Command ask(Caller caller, UUID serverId, CommandType type, String payload) {
    var scope = Scope.of(caller);
    return ask(scope, server(scope, serverId), type, payload);
  }

  private ServerRow server(Scope scope, UUID serverId) {
    return db.read(scope, () -> servers.find(serverId))
        .orElseThrow(FleetError.SERVER_NOT_FOUND::of);
  }

  private Command ask(Scope scope, ServerRow server, CommandType type) {
    return ask(scope, server, type, "{}");
  }

  private Command ask(Scope scope, ServerRow server, CommandType type, String payload) {
    if (!reachable(scope, server)) {
      throw FleetError.AGENT_OFFLINE.of();
    }
    var command =
        commands.submit(
            scope, CommandRequest.of(server.id(), type, payload, CommandService.OWNER, PATIENCE));
    var ended = awaited(scope, command.id());
    if (!ended.status().isFinal() || ended.status() == CommandStatus.EXPIRED) {
      throw FleetError.AGENT_SILENT.of(PATIENCE.toSeconds());
    }
    if (ended.status() != CommandStatus.COMPLETED) {
      throw FleetError.AGENT_REFUSED.of(Objects.requireNonNullElse(ended.error(), "no"));
    }
    return ended;
  }

  /** One that is degraded may have its stream open; it is just not settled yet. */
  private boolean reachable(Scope scope, ServerRow server) {
    return switch (server.status()) {
      case ONLINE -> true;
      case DEGRADED, QUARANTINED -> db.read(scope, () -> servers.hasStream(server.id()));
      default -> false;
    };
  }

  private Command awaited(Scope scope, UUID commandId) {
    var news = new Semaphore(0);
    var until = System.nanoTime() + PATIENCE.toNanos();
    try (var heard = signals.on(Topics.ended(commandId), news::release)) {
      while (true) {
        var command = commands.find(scope, commandId).orElseThrow();
        var left = until - System.nanoTime();
        if (command.status().isFinal() || left <= 0) {
          return command;
        }
        if (news.tryAcquire(left, TimeUnit.NANOSECONDS)) {
          news.drainPermits();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw FleetError.AGENT_SILENT.of(PATIENCE.toSeconds());
    }
  }

  private Live live(Scope scope, UUID serverId, Command answered) {
    var said = answer(answered, StatusAnswer.class);
    var system =
        db.read(scope, () -> servers.snapshot(serverId)).map(Snapshot::system).orElse(Map.of());
    var nanos = said.serverTimeNanos();
    return new Live(
        said.agentVersion(),
        Objects.requireNonNullElse(said.uptimeSeconds(), 0L),
        Boolean.TRUE.equals(said.dockerReachable()),
        free(system, "disk_total_mb", "disk_used_mb"),
        bytes(system.get("memory_available_mb")),
        nanos == null ? 0 : skewMillis(answered, nanos));
  }

  private <T> T answer(Command command, Class<T> type) {
    try {
      return json.read(Objects.requireNonNullElse(command.result(), ""), type);
    } catch (IllegalArgumentException unreadable) {
      throw FleetError.AGENT_UNREADABLE.of();
    }
  }

  /** From writing the command to noting its result, both by this platform's clock. */
  private static Duration roundTrip(Command command) {
    return Duration.between(
        Objects.requireNonNull(command.dispatchedAt()),
        Objects.requireNonNull(command.finishedAt()));
  }

  /** The agent is taken to have answered in the middle of the round trip. */
  private static double skewMillis(Command command, long agentNanos) {
    var middle =
        Objects.requireNonNull(command.dispatchedAt()).plus(roundTrip(command).dividedBy(2));
    return Duration.between(middle, instant(agentNanos)).toNanos() / NANOS_PER_MILLI;
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  private static @Nullable Long free(Map<String, Object> system, String total, String used) {
    var all = bytes(system.get(total));
    var taken = bytes(system.get(used));
    return all == null || taken == null ? null : all - taken;
  }

  private static @Nullable Long bytes(@Nullable Object mebibytes) {
    return mebibytes instanceof Number number ? number.longValue() * MEBIBYTE : null;
  }
}
