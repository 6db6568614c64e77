package dev.slipway.fleet.service.server;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.Platform;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.store.server.NodeStore.Held;
import dev.slipway.fleet.store.server.ServerStore;
import dev.slipway.fleet.store.server.StatusChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which servers are there: what heartbeats and streams, and their absence, say about a server's
 * status.
 */
@Component(service = ServerPresence.class)
public final class ServerPresence {
  /** A server that misses this many heartbeats is offline. */
  private static final int MISSED = 3;

  private static final Scope EVERYONE = Scope.platform("servers of all tenants");
  private static final Logger LOG = LoggerFactory.getLogger(ServerPresence.class);
  private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.\\-]+(:[0-9]{1,5})?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.\\-]*[A-Za-z0-9])?");
  private static final int MOST_COMMANDS = 500;
  private static final int LONGEST_NAME = 255;
  private static final int DEFAULT_SECONDS = 30;
  private static final int LONGEST_SECONDS = 600;

  private final Database db;
  private final ServerStore store;
  private final Events events;
  private final Signals signals;
  private final Json json;
  private final Duration interval;

  @Activate
  public ServerPresence(
      @Reference Database db,
      @Reference ServerStore store,
      @Reference Events events,
      @Reference Signals signals,
      @Reference Platform platform,
      @Reference Json json) {
    this(
        db,
        store,
        events,
        signals,
        json,
        interval(platform.setting("slipway.fleet.heartbeat.seconds")));
  }

  ServerPresence(
      Database db,
      ServerStore store,
      Events events,
      Signals signals,
      Json json,
      Duration interval) {
    this.db = db;
    this.store = store;
    this.events = events;
    this.signals = signals;
    this.json = json;
    this.interval = interval;
  }

  /** Time between two heartbeats. */
  public Duration interval() {
    return interval;
  }

  /**
   * The agent opened its command stream on this node; one on another node loses its place. Refuses
   * where the secret that it came with has become void since.
   */
  public void opened(UUID tenantId, UUID serverId, String secretHash, UUID streamId, UUID node) {
    var fresh = Instant.now().minus(patience());
    db.run(
        Scope.tenant(tenantId),
        () -> {
          if (store.hasStreamElsewhere(serverId, node)) {
            signals.raise(Topics.replaced(serverId, streamId));
          }
          say(
              store
                  .streamOpened(serverId, secretHash, streamId, node, fresh)
                  .orElseThrow(FleetError.AGENT_UNKNOWN::of));
        });
  }

  /** Streams are gone; nothing happens where a newer one has taken the place of one. */
  public void closed(List<Held> streams) {
    db.run(EVERYONE, () -> store.streamsClosed(streams).forEach(this::say));
  }

  /**
   * Takes the stream from a server, wherever it is open, in the current unit of work; false where
   * there was none.
   */
  public boolean cut(UUID serverId) {
    var change = store.streamCut(serverId);
    change.ifPresent(
        done -> {
          say(done);
          signals.raise(Topics.cut(serverId));
        });
    return change.isPresent();
  }

  /** Lets whoever holds a server's stream close it because its credentials are void. */
  public void refused(UUID serverId) {
    signals.raise(Topics.revoked(serverId));
  }

  /** All streams of a node are gone: it starts, or it stops. */
  public void nodeLost(UUID node) {
    db.run(EVERYONE, () -> store.nodeLost(node).forEach(this::say));
  }

  /**
   * What the agent said of itself in answer to AGENT_STATUS. The published agent says {@code rust}
   * and runs Docker; ours also says how its apps are reached. What makes no sense is left out.
   */
  public void described(UUID tenantId, UUID serverId, String answer) {
    Description said;
    try {
      said = json.read(answer, Description.class);
    } catch (IllegalArgumentException unreadable) {
      LOG.warn("server {} described itself in no JSON", serverId);
      return;
    }
    db.run(
        Scope.tenant(tenantId),
        () ->
            store.learned(
                serverId,
                runtime(said.runtime()),
                matching(URL, said.edgeUrl()),
                matching(HOST, said.publicHost()),
                Boolean.TRUE.equals(said.weightedRoutes()),
                said.numbers()));
  }

  /** The members of AGENT_STATUS that are kept. */
  record Description(
      @Nullable String runtime,
      @Nullable String edgeUrl,
      @Nullable String publicHost,
      @Nullable Boolean weightedRoutes,
      @Nullable List<@Nullable Long> commands) {
    private @Nullable List<Long> numbers() {
      return commands == null
          ? null
          : commands.stream().filter(Objects::nonNull).limit(MOST_COMMANDS).toList();
    }
  }

  private static ServerRuntime runtime(@Nullable String said) {
    return switch (said == null ? "" : said) {
      case "docker", "rust" -> ServerRuntime.DOCKER;
      case "process" -> ServerRuntime.PROCESS;
      default -> ServerRuntime.UNKNOWN;
    };
  }

  private static @Nullable String matching(Pattern form, @Nullable String said) {
    return said != null && said.length() <= LONGEST_NAME && form.matcher(said).matches()
        ? said
        : null;
  }

  /** How long a server may be silent. */
  public Duration patience() {
    return interval.multipliedBy(MISSED);
  }

  /** Sets servers offline whose heartbeats stayed away. */
  public void sweep(Instant now) {
    var missedAll = now.minus(patience());
    db.run(EVERYONE, () -> store.silent(missedAll).forEach(this::say));
  }

  /** Tells of a change of status, in the current unit of work. */
  public void say(StatusChange change) {
    if (!change.changed()) {
      return;
    }
    var id = change.serverId();
    var tenant = change.tenantId();
    var name = change.name();
    var reason = change.reason();
    switch (change.after()) {
      case ONLINE -> events.publish(new FleetEvent.Online(id, tenant, name));
      case DEGRADED -> events.publish(new FleetEvent.Degraded(id, tenant, name, reason));
      case OFFLINE -> events.publish(new FleetEvent.Offline(id, tenant, name, reason));
      case QUARANTINED -> events.publish(new FleetEvent.Quarantined(id, tenant, name, reason));
      default -> {
        // The others are said by those who bring them about.
      }
    }
  }

  private static Duration interval(@Nullable String setting) {
    if (setting == null) {
      return Duration.ofSeconds(DEFAULT_SECONDS);
    }
    var seconds = Integer.parseInt(setting);
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          "slipway.fleet.heartbeat.seconds must be between 1 and " + LONGEST_SECONDS);
    }
    return Duration.ofSeconds(seconds);
  }
}
