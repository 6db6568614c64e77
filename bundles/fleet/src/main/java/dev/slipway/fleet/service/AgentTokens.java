package dev.slipway.fleet.service;

import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.AccessTokens;
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

  private final AccessTokens tokens;
  private final Platform platform;

  @Activate
  public AgentTokens(@Reference AccessTokens tokens, @Reference Platform platform) {
    this.tokens = tokens;
    this.platform = platform;
  }

  /** A new access token of a server's agent. */
  public String access(UUID serverId) {
    return tokens.issueFor(PURPOSE, serverId.toString(), LIFETIME);
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
