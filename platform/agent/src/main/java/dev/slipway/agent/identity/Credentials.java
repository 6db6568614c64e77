package dev.slipway.agent.identity;

import dev.slipway.agent.command.AgentSecretFile;
import dev.slipway.agent.command.CommandFailure;
import dev.slipway.agent.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the agent's credentials alive: trades its refresh token before that ends, and asks for all
 * new ones when its secret opens nothing any more. Thread-safe.
 */
public final class Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  /** The platform keeps one that nobody trades for 90 days. */
  private static final Duration TRADED_AFTER = Duration.ofDays(7);

  private static final Duration AHEAD = Duration.ofDays(1);

  /** The platform allows 5 an hour. */
  private static final Duration BETWEEN_RECOVERIES = Duration.ofMinutes(15);

  private static final Duration BETWEEN_TRADES = Duration.ofMinutes(10);
  private static final Duration ACCESS_MARGIN = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int UNAUTHENTICATED = 401;

  private final IdentityFile file;
  private final PlatformApi api;
  private final AgentSecretFile secretFile;
  private String accessToken = "";
  private Instant accessUntil = Instant.MIN;
  private Instant nextRecovery = Instant.MIN;
  private Instant nextTrade = Instant.MIN;
  private String lastError = "";

  public Credentials(Path file, PlatformApi api, AgentSecretFile secretFile) {
    this.file = new IdentityFile(file);
    this.api = api;
    this.secretFile = secretFile;
  }

  /** What the heartbeat says of them. */
  public record State(boolean bootstrapKeyPresent, String lastError) {}

  public synchronized State state() {
    try {
      var key = file.read().filter(identity -> !identity.bootstrapKey().isEmpty()).isPresent();
      return new State(key, lastError);
    } catch (IOException e) {
      return new State(false, "the identity cannot be read: " + e.getMessage());
    }
  }

  /** Trades the refresh token when it is old enough. */
  public synchronized void upkeep() throws InterruptedException {
    try {
      var now = Instant.now();
      var old = now.minus(TRADED_AFTER).getEpochSecond();
      // What was renewed in the future was so by a clock that has been set right since.
      var ahead = now.plus(AHEAD).getEpochSecond();
      var identity =
          file.read().filter(known -> known.renewedAt() < old || known.renewedAt() > ahead);
      if (identity.isPresent()) {
        trade(identity.get());
      }
    } catch (IOException e) {
      LOG.warn("The refresh token was not traded: {}", e.getMessage());
    }
  }

  /** A token for calls over HTTP; empty where there is no way to one right now. */
  synchronized Optional<String> access() throws IOException, InterruptedException {
    if (Instant.now().isBefore(accessUntil)) {
      return Optional.of(accessToken);
    }
    var identity = file.read();
    return identity.isPresent() && trade(identity.get())
        ? Optional.of(accessToken)
        : Optional.empty();
  }

  synchronized void forgetAccess() {
    accessUntil = Instant.MIN;
  }

  Optional<Identity> identity() throws IOException {
    return file.read();
  }

  private boolean trade(Identity identity) throws IOException, InterruptedException {
    if (identity.refreshToken().isEmpty() || Instant.now().isBefore(nextTrade)) {
      return false;
    }
    nextTrade = Instant.now().plus(BETWEEN_TRADES);
    var answer =
        api.post(
            identity.at("/api/agents/tokens/rotate"),
            Map.of("refresh_token", identity.refreshToken()),
            "");
    if (answer.status() == UNAUTHENTICATED) {
      // The answer to an earlier trade was lost, or somebody else has a copy: it is worth nothing.
      LOG.warn("The refresh token is void; the next registration brings another one");
      file.write(identity.withRefreshToken("", identity.renewedAt()));
    }
    var fresh = answer.text("refresh_token");
    if (answer.status() != OK || fresh.isEmpty()) {
      return false;
    }
    file.write(identity.withRefreshToken(fresh, Instant.now().getEpochSecond()));
    accessToken = answer.text("access_token");
    accessUntil =
        Instant.now().plusSeconds(answer.body().path("expires_in").asLong()).minus(ACCESS_MARGIN);
    nextTrade = Instant.MIN;
    return true;
  }

  /**
   * Asks for all new credentials with the bootstrap key, which is used up by that; true where they
   * are on disk, for the next start of the agent.
   */
  public synchronized boolean recover() throws InterruptedException {
    if (Instant.now().isBefore(nextRecovery)) {
      return false;
    }
    nextRecovery = Instant.now().plus(BETWEEN_RECOVERIES);
    try {
      var identity = file.read().filter(known -> !known.bootstrapKey().isEmpty());
      if (identity.isEmpty()) {
        return refused("the secret opens nothing and there is no bootstrap key: enrol it again");
      }
      return recover(identity.get());
    } catch (IOException e) {
      return refused("the platform cannot be asked: " + e.getMessage());
    } catch (CommandFailure | IllegalArgumentException e) {
      return refused("the new secret cannot be kept: " + e.getMessage());
    }
  }

  private boolean recover(Identity identity)
      throws IOException, InterruptedException, CommandFailure {
    secretFile.requireWritable();
    var answer =
        api.post(
            identity.at("/api/agents/recover"),
            Map.of("machine_id", identity.machineId(), "bootstrap_key", identity.bootstrapKey()),
            "");
    if (answer.status() == UNAUTHENTICATED) {
      file.write(identity.withBootstrapKey(""));
      return refused("the bootstrap key is void: enrol this machine again");
    }
    var secret = answer.text("agent_secret");
    if (answer.status() != OK || secret.isEmpty()) {
      return refused("the platform answered with status " + answer.status());
    }
    // The key first: without it an end right here would leave nothing to come back with.
    file.write(
        identity
            .withBootstrapKey(answer.text("bootstrap_key"))
            .withRefreshToken(answer.text("refresh_token"), Instant.now().getEpochSecond()));
    secretFile.replace(new Secret(secret));
    LOG.info("The platform issued new credentials");
    return true;
  }

  private boolean refused(String why) {
    lastError = why;
    LOG.warn("No new credentials: {}", why);
    return false;
  }
}
