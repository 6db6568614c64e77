package dev.slipway.accounts.service.session;

import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.Origin;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.store.session.RefreshTokenRow;
import dev.slipway.accounts.store.session.SessionRow;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.security.AccessTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Hands out token pairs. The refresh token is stored in a unit of work, the access token needs
 * none.
 */
@Component(service = TokenIssuer.class)
public final class TokenIssuer {
  static final Duration REFRESH_LIFETIME = Duration.ofDays(30);

  private final UserStore users;
  private final SessionStore sessions;
  private final TenantStore tenants;
  private final AccessTokens accessTokens;

  @Activate
  public TokenIssuer(
      @Reference UserStore users,
      @Reference SessionStore sessions,
      @Reference TenantStore tenants,
      @Reference AccessTokens accessTokens) {
    this.users = users;
    this.sessions = sessions;
    this.tenants = tenants;
    this.accessTokens = accessTokens;
  }

  /** A login as it stands in the unit of work. */
  public record Opened(User user, UUID sessionId, SecretToken refreshToken, List<Seat> seats) {}

  /** Opens a login of a user who has just shown who they are; in a unit of work. */
  public Opened signIn(UUID userId, Origin origin, Instant now) {
    users.signedIn(userId, now);
    return open(users.find(userId).orElseThrow(), origin, now);
  }

  /** Opens a login; in a unit of work. */
  public Opened open(User user, Origin origin, Instant now) {
    var expires = now.plus(REFRESH_LIFETIME);
    var session =
        new SessionRow(
            Ids.next(),
            user.id(),
            origin.remoteAddress(),
            origin.userAgent(),
            now,
            now,
            expires,
            null);
    sessions.insert(session);
    // Whoever signs in is nobody yet: the audit's row would not tell who it was.
    CurrentOperation.detail("user_id", user.id());
    CurrentOperation.detail("session_id", session.id());
    return opened(user, session.id(), now);
  }

  /**
   * Exchanges a refresh token for a new one of the same login; in a unit of work that holds its
   * lock.
   */
  Opened rotate(User user, RefreshTokenRow token, Instant now) {
    sessions.exchanged(token, now, now.plus(REFRESH_LIFETIME));
    return opened(user, token.sessionId(), now);
  }

  private Opened opened(User user, UUID sessionId, Instant now) {
    var token = SecretToken.create("");
    var expires = now.plus(REFRESH_LIFETIME);
    sessions.insert(new RefreshTokenRow(Ids.next(), sessionId, token.hash(), now, expires, null));
    return new Opened(user, sessionId, token, tenants.seats(user.id()));
  }

  /** The answer to a client, once the login is committed. */
  public SignedIn answer(Opened opened) {
    var user = opened.user();
    var claims = Map.of("email", user.email(), "displayName", user.displayName());
    return new SignedIn(
        accessTokens.issue(user.id(), opened.sessionId(), claims),
        opened.refreshToken().raw(),
        user,
        opened.seats());
  }
}
