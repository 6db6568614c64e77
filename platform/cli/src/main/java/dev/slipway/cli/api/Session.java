package dev.slipway.cli.api;

import dev.slipway.cli.config.CredentialStore;
import dev.slipway.cli.config.Credentials;
import dev.slipway.cli.config.StoredTenant;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.net.URI;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whose name calls are made in: a token given by hand, or the stored login. The stored one renews
 * itself; a refresh token may be used once only (a second use ends the login everywhere), so
 * processes take turns and use what another one has already renewed.
 */
public final class Session {
  private final URI url;
  private final @Nullable String givenToken;
  private final CredentialStore store;
  private @Nullable Credentials login;

  public Session(URI url, @Nullable String givenToken, CredentialStore store) {
    this.url = url;
    this.givenToken = givenToken;
    this.store = store;
    this.login = givenToken == null ? stored().orElse(null) : null;
  }

  URI url() {
    return url;
  }

  String token() {
    if (givenToken != null) {
      return givenToken;
    }
    if (login == null) {
      throw new CliException(
          ExitCode.DENIED,
          "not signed in at " + url + "; use slipway login, --token or SLIPWAY_TOKEN");
    }
    return login.accessToken();
  }

  /** An API key and a deploy token know their tenant by themselves. */
  boolean knowsTenant() {
    return givenToken != null && (givenToken.startsWith("lsk_") || onlyApp().isPresent());
  }

  /** The app that a deploy token can deploy, which is all that it can; empty without one. */
  public Optional<String> onlyApp() {
    return DeployToken.app(givenToken);
  }

  Optional<StoredTenant> tenant() {
    return Optional.ofNullable(login).map(Credentials::tenant);
  }

  /** The stored login of this platform. */
  public Optional<Credentials> login() {
    return Optional.ofNullable(login);
  }

  /**
   * Replaces a token that was refused. {@code refresh} exchanges a pair for the next one.
   *
   * @return whether there is another one to try
   */
  boolean renew(String refused, UnaryOperator<TokenPair> refresh) {
    var mine = login;
    if (mine == null) {
      return false;
    }
    try (var lock = store.lock()) {
      var current = stored().filter(other -> other.email().equals(mine.email())).orElse(null);
      if (current == null) {
        return false;
      }
      if (current.accessToken().equals(refused)) {
        var pair = refresh.apply(new TokenPair(current.accessToken(), current.refreshToken()));
        current = current.withTokens(pair.accessToken(), pair.refreshToken());
        store.write(current);
      }
      login = current;
      return true;
    }
  }

  private Optional<Credentials> stored() {
    return store.read().filter(found -> found.url().equals(url.toString()));
  }

  /** What a login or a refresh gives. */
  public record TokenPair(String accessToken, String refreshToken) {
    @Override
    public String toString() {
      return "TokenPair[…]";
    }
  }
}
