package dev.slipway.fleet.service.agent;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.AccessTokens;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.store.agent.CredentialStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where agents find the platform, and what they show it over HTTP. */
@Component(service = AgentTokens.class)
public final class AgentTokens {
  /** How long an agent's access token for HTTP lives. */
  public static final Duration LIFETIME = Duration.ofMinutes(60);

  private static final String PURPOSE = "agent";

  private static final String BEARER = "Bearer ";
  private static final Scope EVERYONE = Scope.platform("an access token names no tenant");

  private final Database db;
  private final CredentialStore store;
  private final AccessTokens tokens;
  private final Platform platform;

  @Activate
  public AgentTokens(
      @Reference Database db,
      @Reference CredentialStore store,
      @Reference AccessTokens tokens,
      @Reference Platform platform) {
    this.db = db;
    this.store = store;
    this.tokens = tokens;
    this.platform = platform;
  }

  /** A new access token of a server's agent; void once all its credentials are. */
  public String access(UUID serverId) {
    return tokens.issueFor(PURPOSE, serverId + "/" + epoch(serverId), LIFETIME);
  }

  /** The server whose agent shows an access token; refuses with 401 where it shows none. */
  public UUID verified(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw FleetError.AGENT_UNKNOWN.of();
    }
    var subject = tokens.verify(PURPOSE, authorization.substring(BEARER.length()).strip());
    var slash = subject.indexOf('/');
    var serverId = UUID.fromString(subject.substring(0, slash));
    if (!subject.substring(slash + 1).equals(Integer.toString(epoch(serverId)))) {
      throw FleetError.AGENT_UNKNOWN.of();
    }
    return serverId;
  }

  private int epoch(UUID serverId) {
    return db.read(EVERYONE, () -> store.epoch(serverId)).orElseThrow(FleetError.AGENT_UNKNOWN::of);
  }

  /** {@code host:port} that agents dial. */
  public String grpcEndpoint() {
    return platform.grpcAddress();
  }

  /**
   * The authority behind the gRPC listener's certificate in PEM; null where the operator named
   * none.
   */
  public @Nullable String caCertificate() {
    var file = platform.setting("slipway.grpc.tls.ca");
    try {
      return file == null ? null : Files.readString(Path.of(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
