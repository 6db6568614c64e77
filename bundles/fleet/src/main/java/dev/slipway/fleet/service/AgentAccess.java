package dev.slipway.fleet.service;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.store.Credentials;
import dev.slipway.fleet.store.ServerStore;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Signs agents in. Each call is checked against the database, so that a void secret fails on the
 * next call.
 */
@Component(service = AgentAccess.class)
public final class AgentAccess {
  private static final Scope EVERYONE = Scope.platform("sign-in of agents");
  private static final String NO_HASH = Secret.hash("");

  private final Database db;
  private final ServerStore store;

  @Activate
  public AgentAccess(@Reference Database db, @Reference ServerStore store) {
    this.db = db;
    this.store = store;
  }

  /** An agent that has shown its secret. */
  public record Agent(UUID serverId, UUID tenantId) {
    /** Refuses where a message names another server. */
    public void requireSame(String named) {
      if (!named.equals(serverId.toString())) {
        throw FleetError.AGENT_MISMATCH.of();
      }
    }
  }

  /**
   * The agent of a server.
   *
   * @throws dev.slipway.api.PlatformException 401, the same for an unknown server, a deleted one
   *     and a wrong secret
   */
  public Agent signIn(@Nullable String serverId, @Nullable String secret) {
    if (serverId == null || secret == null || secret.isEmpty() || serverId.length() != 36) {
      throw FleetError.AGENT_UNKNOWN.of();
    }
    var known = db.read(EVERYONE, () -> store.signIn(uuid(serverId)));
    var current = opens(secret, known.map(Credentials::secretHash).orElse(null));
    var next = opens(secret, known.map(Credentials::nextHash).orElse(null));
    if (!current && !next) {
      throw FleetError.AGENT_UNKNOWN.of();
    }
    var agent = known.orElseThrow();
    if (next) {
      var hash = Secret.hash(secret);
      db.run(EVERYONE, () -> store.nextSecretSeen(agent.serverId(), hash));
    }
    return new Agent(agent.serverId(), agent.tenantId());
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
