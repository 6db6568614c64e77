package dev.slipway.fleet.service.agent;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.service.Secret;
import dev.slipway.fleet.service.enrolment.Enrolment;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.store.agent.CredentialStore;
import dev.slipway.fleet.store.agent.CredentialStore.Refresh;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Renews and withdraws what agents sign in with. */
@Component(service = AgentCredentials.class)
public final class AgentCredentials {
  /** Recoveries of one machine within {@link #WINDOW}, those that failed included. */
  static final int RECOVERIES = 5;

  static final Duration WINDOW = Duration.ofHours(1);

  /** A refresh token that nobody traded for this long is void. */
  static final Duration REFRESH_LIFETIME = Duration.ofDays(90);

  private static final String RECOVERY = "recovery";
  private static final Scope EVERYONE = Scope.platform("who shows a credential names no tenant");

  private final Database db;
  private final ServerStore servers;
  private final CredentialStore store;
  private final Enrolment enrolment;
  private final ServerPresence presence;
  private final Events events;

  @Activate
  public AgentCredentials(
      @Reference Database db,
      @Reference ServerStore servers,
      @Reference CredentialStore store,
      @Reference Enrolment enrolment,
      @Reference ServerPresence presence,
      @Reference Events events) {
    this.db = db;
    this.servers = servers;
    this.store = store;
    this.enrolment = enrolment;
    this.presence = presence;
    this.events = events;
  }

  /** A refresh token in place of the one that was traded. */
  public record Traded(UUID serverId, String refreshToken) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Traded[" + serverId + "]";
    }
  }

  /** What was withdrawn. */
  public record Revoked(int revoked, boolean disconnected) {}

  /**
   * Trades a refresh token for a new one. A second use means that somebody else has a copy: then
   * all that came of the same registration are void.
   */
  public Traded rotate(String refreshToken) {
    var hash = Secret.hash(refreshToken);
    // The refusal is thrown after the commit, or the chain would stay valid.
    var traded = db.write(EVERYONE, () -> store.lockRefresh(hash).flatMap(this::traded));
    return traded.orElseThrow(FleetError.AGENT_UNKNOWN::of);
  }

  private Optional<Traded> traded(Refresh token) {
    if (token.usedAt() != null) {
      store.dropChain(token.chainId());
      servers.outdate(token.serverId());
      events.publish(new FleetEvent.RefreshReplayed(token.serverId(), token.tenantId()));
      return Optional.empty();
    }
    if (token.createdAt().isBefore(Instant.now().minus(REFRESH_LIFETIME))) {
      return Optional.empty();
    }
    var fresh = Secret.fresh();
    store.use(token.hash());
    store.add(
        new Refresh(
            Secret.hash(fresh),
            token.tenantId(),
            token.serverId(),
            token.chainId(),
            null,
            Instant.now()));
    return Optional.of(new Traded(token.serverId(), fresh));
  }

  /** New credentials for a machine that shows its bootstrap key, which is used up by that. */
  public Enrolment.Identity recover(String machineId, String bootstrapKey) {
    var since = Instant.now().minus(WINDOW);
    var allowed = db.write(EVERYONE, () -> store.attempt(RECOVERY, machineId, since, RECOVERIES));
    if (!allowed) {
      throw FleetError.TOO_MANY_RECOVERIES.of(RECOVERIES).retryAfter(WINDOW);
    }
    var hash = Secret.hash(bootstrapKey);
    return db.write(
        EVERYONE,
        () -> {
          var owner =
              store.byBootstrapKey(machineId, hash).orElseThrow(FleetError.AGENT_UNKNOWN::of);
          return enrolment.reissued(owner.serverId(), owner.tenantId(), owner.name());
        });
  }

  /** Makes all credentials of an agent void and drops its stream. */
  public Revoked revoke(Caller caller, UUID serverId) {
    return db.write(
        Scope.of(caller),
        () -> {
          var server = servers.lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          var revoked = servers.revoke(serverId) + store.dropRefresh(serverId);
          var disconnected = presence.cut(serverId);
          presence.refused(serverId);
          events.publish(new FleetEvent.CredentialsRevoked(serverId, server.tenantId(), revoked));
          return new Revoked(revoked, disconnected);
        });
  }
}
