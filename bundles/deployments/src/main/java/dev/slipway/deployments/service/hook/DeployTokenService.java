package dev.slipway.deployments.service.hook;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.spi.BoundCredentials;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeployTokenEvent;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Tokens;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.hook.DeployTokenRow;
import dev.slipway.deployments.store.hook.DeployTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tokens that deploy one app: minted, withdrawn, and known again when they are used. */
@Component(service = {DeployTokenService.class, BoundCredentials.class})
public final class DeployTokenService implements BoundCredentials {
  private static final Scope ALL = Scope.platform("a deploy token is known by its hash alone");
  private static final String PREFIX = "sdt_";
  private static final int MOST = 50;
  private static final Duration USE = Duration.ofMinutes(1);

  private final Database database;
  private final DeployTokenStore tokens;
  private final DeploymentStore gates;
  private final Apps apps;
  private final Events events;

  @Activate
  public DeployTokenService(
      @Reference Database database, @Reference Apps apps, @Reference Events events) {
    this.database = database;
    tokens = new DeployTokenStore(database);
    gates = new DeploymentStore(database);
    this.apps = apps;
    this.events = events;
  }

  /** A new token with its raw form, which nobody can read again. */
  public record Minted(DeployTokenRow row, String token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Minted[" + row.id() + "]";
    }
  }

  /** A new token; null days = it never expires. */
  public Minted create(Caller caller, UUID appId, String name, @Nullable Integer days) {
    var scope = Scope.of(caller);
    var by = caller.requireUser();
    var token = Tokens.create(PREFIX, appId);
    return database.write(
        scope,
        () -> {
          gates.gate(appId);
          var app = apps.require(scope, appId);
          if (tokens.made(appId, by).size() >= MOST) {
            throw DeploymentsError.TOO_MANY_TOKENS.of(MOST);
          }
          var now = Times.now();
          var row =
              new DeployTokenRow(
                  Ids.next(),
                  app.tenantId(),
                  appId,
                  name,
                  Tokens.hash(token),
                  Tokens.prefix(token),
                  by,
                  now,
                  days == null ? null : now.plus(Duration.ofDays(days)),
                  null);
          tokens.insert(row);
          events.publish(
              new DeployTokenEvent.Created(
                  app.tenantId(), appId, row.id(), name, by, row.expiresAt()));
          return new Minted(row, token);
        });
  }

  /** The tokens of an app that the caller made, newest first. */
  public List<DeployTokenRow> list(Caller caller, UUID appId) {
    var by = caller.requireUser();
    apps.require(Scope.of(caller), appId);
    return database.read(Scope.of(caller), () -> tokens.made(appId, by));
  }

  /** Withdraws a token; those of others are for admins to withdraw. */
  public void delete(Caller caller, UUID appId, UUID id) {
    var scope = Scope.of(caller);
    var by = caller.requireUser();
    database.run(
        scope,
        () -> {
          var row =
              tokens
                  .find(id)
                  .filter(found -> found.appId().equals(appId))
                  .filter(found -> found.createdBy().equals(by) || caller.has(Role.ADMIN))
                  .filter(found -> tokens.remove(found.id()))
                  .orElseThrow(DeploymentsError.TOKEN_NOT_FOUND::of);
          events.publish(
              new DeployTokenEvent.Revoked(row.tenantId(), appId, row.id(), row.name(), by));
        });
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public Optional<Holder> find(String sha256) {
    var now = Times.now();
    var found = database.read(ALL, () -> tokens.byHash(sha256, now));
    found.ifPresent(row -> used(row, now));
    return found.map(
        row -> new Holder(row.id(), row.name(), row.tenantId(), row.appId(), row.createdBy()));
  }

  private void used(DeployTokenRow row, Instant now) {
    var since = now.minus(USE);
    if (row.lastUsedAt() == null || row.lastUsedAt().isBefore(since)) {
      database.run(ALL, () -> tokens.used(row.id(), now, since));
    }
  }
}
