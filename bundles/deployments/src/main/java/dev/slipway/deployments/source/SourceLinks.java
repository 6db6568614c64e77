package dev.slipway.deployments.source;

import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.AccessTokens;
import dev.slipway.api.security.Secrets;
import java.time.Duration;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where an agent clones an app's source from, and with what. */
@Component(service = SourceLinks.class)
public final class SourceLinks {
  /** What the tokens are for. */
  public static final String PURPOSE = "git-read";

  // Longer than a clone waits for its agent and takes.
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Platform platform;
  private final AccessTokens tokens;
  private final Secrets secrets;

  @Activate
  public SourceLinks(
      @Reference Platform platform, @Reference AccessTokens tokens, @Reference Secrets secrets) {
    this.platform = platform;
    this.tokens = tokens;
    this.secrets = secrets;
  }

  /** Address of the app's repository. */
  public String url(UUID appId) {
    var base = platform.publicUrl().toString();
    return (base.endsWith("/") ? base : base + "/") + "git/" + appId + ".git";
  }

  /** A token that reads this repository for an hour; masked in logs from now on. */
  public String token(UUID appId) {
    var token = tokens.issueFor(PURPOSE, appId.toString(), LIFETIME);
    secrets.protect(token);
    return token;
  }
}
