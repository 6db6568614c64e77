package dev.slipway.fleet.service.agent;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.service.Secret;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.Turns;
import dev.slipway.fleet.store.server.Credentials;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Signs agents in. Whoever makes a secret void lets all nodes forget it and close the streams that
 * are open. Where that was not heard it fails on the next heartbeat, on the next stream, and within
 * seconds on any other call.
 */
@Component(service = AgentAccess.class)
public final class AgentAccess {
  private static final Scope EVERYONE = Scope.platform("sign-in of agents");
  private static final String NO_HASH = Secret.hash("");

  private static final int MOST_KNOWN = 50_000;
  private static final long SECONDS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Database db;
  private final ServerStore store;
  private final Signals signals;
  private final List<Signals.Subscription> subscriptions;
  private final Map<UUID, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong forgotten = new AtomicLong();
  private final Turns turns = new Turns(4, 10_000);

  /** Heartbeats come again soon, and by then the agent is known by its stream. */
  private final Turns heartbeats = new Turns(2, 500);

  @Activate
  public AgentAccess(
      @Reference Database db, @Reference ServerStore store, @Reference Signals signals) {
    this.db = db;
    this.store = store;
    this.signals = signals;
    subscriptions =
        List.of(
            signals.onPrefix(Topics.REVOKED, this::forget),
            signals.onPrefix(Topics.ROTATED, this::forget));
  }

  @Deactivate
  public void close() {
    subscriptions.forEach(Signals.Subscription::close);
  }

  /** An empty text says that signals may have been missed. */
  private void forget(String serverId) {
    forgotten.incrementAndGet();
    if (serverId.isEmpty()) {
      known.clear();
    } else {
      known.remove(UUID.fromString(serverId));
    }
  }

  /** How fresh the knowledge has to be that a call is checked against. */
  public enum Freshness {
    /** The database is asked. */
    NOW,

    /** A secret that was good a few seconds ago is. */
    SECONDS,

    /** Whatever is known: the call's own work looks at the secret again. */
    ANY
  }

  /** A secret that was good, and when. */
  private record Known(UUID tenantId, String secretHash, long at) {}

  /**
   * An agent that has shown its secret.
   *
   * @param secretHash the secret's SHA-256
   */
  public record Agent(UUID serverId, UUID tenantId, String secretHash) {
    /** Refuses where a message names another server. */
    public void requireSame(String named) {
      if (!named.equals(serverId.toString())) {
        throw FleetError.AGENT_MISMATCH.of();
      }
    }
  }

  /** The agent of a server, as the database has it now; refuses as below. */
  public Agent signIn(@Nullable String serverId, @Nullable String secret) {
    return signIn(serverId, secret, Freshness.NOW);
  }

  /**
   * The agent of a server.
   *
   * @param freshness what the call needs
   * @throws dev.slipway.api.PlatformException 401, the same for an unknown server, a deleted one
   *     and a wrong secret
   */
  public Agent signIn(@Nullable String serverId, @Nullable String secret, Freshness freshness) {
    if (serverId == null || secret == null || secret.isEmpty() || serverId.length() != 36) {
      throw FleetError.AGENT_UNKNOWN.of();
    }
    var id = uuid(serverId);
    var remembered = known.get(id);
    if (remembered != null
        && isFresh(remembered, freshness)
        && Secret.matches(secret, remembered.secretHash())) {
      return new Agent(id, remembered.tenantId(), remembered.secretHash());
    }
    return asked(id, secret, freshness == Freshness.ANY ? heartbeats : turns);
  }

  /** Whether an agent could sign in with the same secret now. */
  public boolean isCurrent(Agent agent) {
    return db.read(EVERYONE, () -> store.signIn(agent.serverId()))
        .filter(
            row ->
                agent.secretHash().equals(row.secretHash())
                    || agent.secretHash().equals(row.nextHash()))
        .isPresent();
  }

  private static boolean isFresh(Known remembered, Freshness freshness) {
    return switch (freshness) {
      case NOW -> false;
      case SECONDS -> System.nanoTime() - remembered.at() < SECONDS_NANOS;
      case ANY -> true;
    };
  }

  private Agent asked(UUID id, String secret, Turns among) {
    var now = System.nanoTime();
    var before = forgotten.get();
    var row = among.take(() -> db.read(EVERYONE, () -> store.signIn(id)));
    var current = opens(secret, row.map(Credentials::secretHash).orElse(null));
    var next = opens(secret, row.map(Credentials::nextHash).orElse(null));
    if (!current && !next) {
      throw FleetError.AGENT_UNKNOWN.of();
    }
    var agent = row.orElseThrow();
    var hash = Objects.requireNonNull(current ? agent.secretHash() : agent.nextHash());
    if (next) {
      var seen = Secret.hash(secret);
      db.run(
          EVERYONE,
          () -> {
            store.nextSecretSeen(id, seen);
            // The one before is void from now on.
            signals.raise(Topics.rotated(id));
          });
    }
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    remember(id, new Known(agent.tenantId(), hash, now), before);
    return new Agent(id, agent.tenantId(), hash);
  }

  /** Not for long where anybody's secret became void while the database was asked. */
  private void remember(UUID id, Known good, long before) {
    known.put(id, good);
    if (forgotten.get() != before) {
      known.remove(id, good);
    }
  }

  /** Takes the same time whether there is a hash or not. */
  private static boolean opens(String secret, @Nullable String hash) {
    return Secret.matches(secret, hash == null ? NO_HASH : hash) && hash != null;
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException bad) {
      throw FleetError.AGENT_UNKNOWN.of();
    }
  }
}
