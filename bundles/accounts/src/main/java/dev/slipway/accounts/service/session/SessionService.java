package dev.slipway.accounts.service.session;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.store.session.RefreshTokenRow;
import dev.slipway.accounts.store.session.SessionRow;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Scope;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Logins that go on, and their end. */
@Component(service = SessionService.class)
public final class SessionService {
  private static final Scope SCOPE = Scope.platform("logins belong to users, not to tenants");

  /**
   * A client that sends a token twice at once, or again because the answer got lost, is no thief:
   * within this time the second one is refused without ending the login.
   */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Database db;
  private final SessionStore sessions;
  private final UserStore users;
  private final TokenIssuer issuer;
  private final PrincipalCache cache;
  private final InstantSource clock;

  @Activate
  public SessionService(
      @Reference Database db,
      @Reference SessionStore sessions,
      @Reference UserStore users,
      @Reference TokenIssuer issuer,
      @Reference PrincipalCache cache) {
    this(db, sessions, users, issuer, cache, InstantSource.system());
  }

  public SessionService(
      Database db,
      SessionStore sessions,
      UserStore users,
      TokenIssuer issuer,
      PrincipalCache cache,
      InstantSource clock) {
    this.db = db;
    this.sessions = sessions;
    this.users = users;
    this.issuer = issuer;
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * Exchanges a refresh token for a new pair. A token that was exchanged before ends the login: one
   * of the two that hold it is not its owner.
   */
  public SignedIn refresh(String refreshToken) {
    // The refusal is thrown outside: the end of a login must be committed, not rolled back.
    return db.write(SCOPE, () -> exchange(SecretToken.hash(refreshToken)))
        .map(issuer::answer)
        .orElseThrow(AccountsError.REFRESH_TOKEN_INVALID::of);
  }

  private Optional<TokenIssuer.Opened> exchange(String hash) {
    var session = sessions.lockByToken(hash).orElse(null);
    if (session == null || session.revokedAt() != null) {
      return Optional.empty();
    }
    // Read under the lock: whoever waited for it sees that the token is used now.
    var token = sessions.token(hash).orElse(null);
    var now = clock.instant();
    if (token == null || !token.expiresAt().isAfter(now)) {
      return Optional.empty();
    }
    if (token.usedAt() != null) {
      revokeReused(session, token.usedAt(), now);
      return Optional.empty();
    }
    return users
        .find(session.userId())
        .filter(User::active)
        .map(user -> issuer.rotate(user, token, now));
  }

  private void revokeReused(SessionRow session, Instant usedAt, Instant now) {
    if (usedAt.plus(GRACE).isBefore(now)) {
      revoke(session.id(), session.userId(), now);
    }
  }

  /**
   * Ends the caller's login, and the one that the refresh token belongs to where it is the
   * caller's.
   */
  public void logout(Caller caller, @Nullable String refreshToken) {
    var userId = caller.requireUser();
    var now = clock.instant();
    db.run(
        SCOPE,
        () -> {
          if (caller.sessionId() != null) {
            revoke(caller.sessionId(), userId, now);
          }
          if (refreshToken != null) {
            sessions
                .token(SecretToken.hash(refreshToken))
                .map(RefreshTokenRow::sessionId)
                .ifPresent(session -> revoke(session, userId, now));
          }
        });
  }

  /** The caller's logins that go on, the one used last first. */
  public List<SessionRow> list(Caller caller) {
    var userId = caller.requireUser();
    return db.read(SCOPE, () -> sessions.open(userId, clock.instant()));
  }

  /** Ends one of the caller's logins, which may be the present one. */
  public void end(Caller caller, UUID session) {
    var userId = caller.requireUser();
    db.run(
        SCOPE,
        () -> {
          if (!sessions.revoke(session, userId, clock.instant())) {
            throw AccountsError.SESSION_NOT_FOUND.of();
          }
          CurrentOperation.detail("session_id", session);
          cache.forget(userId);
        });
  }

  /** Ends all logins of the caller but the present one. */
  public void endOthers(Caller caller) {
    var userId = caller.requireUser();
    db.run(
        SCOPE,
        () -> {
          sessions.revokeAll(userId, caller.sessionId(), clock.instant());
          cache.forget(userId);
        });
  }

  private void revoke(UUID session, UUID userId, Instant now) {
    if (sessions.revoke(session, userId, now)) {
      cache.forget(userId);
    }
  }
}
