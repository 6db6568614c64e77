package dev.slipway.fleet.service.health;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.rest.Sse;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A server's events as they happen: those of the event log, and heartbeats between them. Heartbeats
 * are no events of the log, so that they do not fill it; a client that comes back after a while
 * sees the newest alone.
 */
@Component(service = ServerFeed.class)
public final class ServerFeed {
  private static final int BATCH = 100;
  private static final Pattern POSITION = Pattern.compile("(.{1,200})~(\\d{1,16})");
  private static final List<String> SHOWN =
      List.of(
          "cpu_percent",
          "memory_used_mb",
          "memory_total_mb",
          "disk_used_mb",
          "disk_total_mb",
          "load_avg_1",
          "uptime_seconds");

  private final Database db;
  private final ServerStore store;
  private final Events events;
  private final Followers followers;

  @Activate
  public ServerFeed(
      @Reference Database db,
      @Reference ServerStore store,
      @Reference Events events,
      @Reference Followers followers) {
    this.db = db;
    this.store = store;
    this.events = events;
    this.followers = followers;
  }

  /** One event as clients see it. */
  public record ServerEvent(
      UUID id, String type, UUID serverId, Map<String, @Nullable Object> payload, Instant ts) {}

  /** How far a client has come in the log and in the heartbeats. */
  private record Position(String cursor, long heartbeat) {
    static Position of(String text) {
      var parts = POSITION.matcher(text);
      if (!parts.matches()) {
        throw CommonError.INVALID.of().withField("Last-Event-ID", "must be the id of an event");
      }
      return new Position(parts.group(1), Long.parseLong(parts.group(2)));
    }

    @Override
    public String toString() {
      return cursor + "~" + heartbeat;
    }
  }

  /** Follows a server from an event on; from now on where none is given. */
  public Sse follow(Caller caller, UUID serverId, @Nullable String from) {
    var scope = Scope.of(caller);
    db.read(scope, () -> store.find(serverId)).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
    var start = from == null ? new Position(events.now(scope), 0) : Position.of(from);
    var said = new AtomicLong(System.nanoTime());
    followers.follow(serverId);
    return new Sse(
        Events.subjectTopic(serverId),
        start.toString(),
        last -> {
          if (System.nanoTime() - said.get() > Followers.SAYING.toNanos()) {
            said.set(System.nanoTime());
            followers.follow(serverId);
          }
          return batch(scope, serverId, last == null ? start : Position.of(last));
        });
  }

  private Sse.Batch batch(Scope scope, UUID serverId, Position from) {
    var position = from;
    var batch = new ArrayList<Sse.Event>();
    for (var event : events.after(scope, EventFilter.subject(serverId), from.cursor(), BATCH)) {
      position = new Position(event.cursor(), position.heartbeat());
      var type = type(event.type());
      if (type.isPresent()) {
        batch.add(
            shown(
                position,
                new ServerEvent(
                    event.id(), type.get(), serverId, payload(event), event.occurredAt())));
      }
    }
    heartbeat(scope, serverId, position).ifPresent(batch::add);
    return new Sse.Batch(batch, false);
  }

  private Optional<Sse.Event> heartbeat(Scope scope, UUID serverId, Position from) {
    var snapshot = db.read(scope, () -> store.snapshot(serverId));
    if (snapshot.isEmpty() || snapshot.get().lastHeartbeatAt() == null) {
      return Optional.empty();
    }
    var at = Objects.requireNonNull(snapshot.get().lastHeartbeatAt());
    if (at.toEpochMilli() <= from.heartbeat()) {
      return Optional.empty();
    }
    var payload = new LinkedHashMap<String, @Nullable Object>();
    SHOWN.forEach(name -> payload.put(name, snapshot.get().system().getOrDefault(name, 0)));
    payload.put("containers", snapshot.get().containers().size());
    return Optional.of(
        shown(
            new Position(from.cursor(), at.toEpochMilli()),
            new ServerEvent(Ids.next(), "heartbeat", serverId, payload, at)));
  }

  private static Sse.Event shown(Position position, ServerEvent event) {
    return new Sse.Event(position.toString(), event.type(), event);
  }

  private static Optional<String> type(String event) {
    return switch (event) {
      case "fleet.command.finished" -> Optional.of("command");
      case "fleet.server.registered",
          "fleet.agent.credentials-revoked",
          "fleet.agent.refresh-replayed" ->
          Optional.of("agent");
      case "fleet.container.changed" -> Optional.of("container");
      case "fleet.alert.fired", "fleet.alert.resolved" -> Optional.of("alert");
      case "fleet.server.updated", "fleet.server.relinked" -> Optional.empty();
      default -> event.startsWith("fleet.server.") ? Optional.of("status") : Optional.empty();
    };
  }

  private static Map<String, @Nullable Object> payload(StoredEvent event) {
    var payload = new LinkedHashMap<String, @Nullable Object>(event.data());
    payload.remove("tenant_id");
    payload.remove("server_id");
    if (event.type().startsWith("fleet.alert.")) {
      payload.put("status", event.type().equals("fleet.alert.fired") ? "firing" : "resolved");
    } else if (event.type().equals("fleet.server.scheduling-changed")) {
      return payload;
    } else if (event.type().startsWith("fleet.server.")) {
      payload.put("status", event.type().substring("fleet.server.".length()).replace('-', '_'));
    }
    return payload;
  }
}
