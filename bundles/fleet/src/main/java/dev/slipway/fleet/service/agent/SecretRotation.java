package dev.slipway.fleet.service.agent;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.service.Secret;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives agents new secrets from time to time, sealed to their keys. The new one and the one before
 * open until the new one has been seen: whether the agent got it can not be known otherwise.
 */
@Component(service = {SecretRotation.class, Job.class})
public final class SecretRotation implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(SecretRotation.class);
  private static final Scope EVERYONE = Scope.platform("secrets of agents that grow old");
  private static final int DEFAULT_DAYS = 90;
  private static final int BATCH = 100;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** Before another one is tried, where the last was never seen. */
  private static final Duration AGAIN = Duration.ofDays(1);

  private final Database db;
  private final ServerStore servers;
  private final CommandService commands;
  private final Json json;
  private final int days;

  @Activate
  public SecretRotation(
      @Reference Database db,
      @Reference ServerStore servers,
      @Reference CommandService commands,
      @Reference Json json,
      @Reference Platform platform) {
    this.db = db;
    this.servers = servers;
    this.commands = commands;
    this.json = json;
    days = days(platform.setting("slipway.agent.secret.days"));
  }

  private static int days(@Nullable String setting) {
    var days = setting == null ? DEFAULT_DAYS : Integer.parseInt(setting);
    if (days < 0) {
      throw new IllegalArgumentException("slipway.agent.secret.days must not be negative");
    }
    return days;
  }

  @Override
  public String name() {
    return "fleet.rotate-secrets";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  /** Asks those whose secrets are too old; never where the setting is 0. */
  @Override
  public void run() {
    if (days == 0) {
      return;
    }
    var now = Instant.now();
    var old =
        db.read(
            EVERYONE,
            () -> servers.oldSecrets(now.minus(Duration.ofDays(days)), now.minus(AGAIN), BATCH));
    for (var server : old) {
      rotate(Scope.tenant(server.tenantId()), server.serverId());
    }
  }

  /** Sends an agent a new secret; false where it has no key to seal it to. */
  public boolean rotate(Scope scope, UUID serverId) {
    var secret = Secret.fresh();
    return db.write(
        scope,
        () -> {
          var key = servers.publicKey(serverId);
          if (key.isEmpty()) {
            return false;
          }
          String sealed;
          try {
            sealed = SealedMessage.of(secret, key.get());
          } catch (IllegalArgumentException useless) {
            LOG.warn("server {}: {}", serverId, useless.getMessage());
            return false;
          }
          servers.nextSecret(serverId, Secret.hash(secret));
          commands.submit(
              scope,
              CommandRequest.of(
                  serverId,
                  CommandType.ROTATE_AGENT_SECRET,
                  json.write(Map.of("secret_enc", sealed)),
                  CommandService.OWNER,
                  TIMEOUT));
          return true;
        });
  }
}
