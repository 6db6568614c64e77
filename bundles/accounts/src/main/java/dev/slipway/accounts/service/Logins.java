package dev.slipway.accounts.service;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.User;
import dev.slipway.accounts.store.SessionStore;
import dev.slipway.accounts.store.UserStore;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.ErrorCode;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What holds for all logins of a user: their end, and how often a secret may be guessed. */
@Component(service = Logins.class)
public final class Logins {
  static final int ATTEMPTS = 5;
  static final Duration LOCK = Duration.ofMinutes(15);
  private static final Scope SCOPE = Scope.platform("logins belong to users");

  private final Database db;
  private final UserStore users;
  private final SessionStore sessions;
  private final PrincipalCache cache;
  private final AccountMail mail;

  @Activate
  public Logins(
      @Reference Database db,
      @Reference UserStore users,
      @Reference SessionStore sessions,
      @Reference PrincipalCache cache,
      @Reference AccountMail mail) {
    this.db = db;
    this.users = users;
    this.sessions = sessions;
    this.cache = cache;
    this.mail = mail;
  }

  /**
   * Checks a secret of a signed-in user who has a password; a refusal for that reason counts as
   * those of sign-ins do, so that a stolen login can not be used to guess it.
   */
  void guarded(UUID userId, Runnable check, ErrorCode wrong) {
    db.read(SCOPE, () -> users.lockedUntil(userId)).ifPresent(Logins::refuseWhileLocked);
    try {
      check.run();
    } catch (PlatformException refusal) {
      if (refusal.code() == wrong) {
        failed(userId, Times.now());
      }
      throw refusal;
    }
  }

  /** Counts a failed attempt; what was asked for was not done, so that is not audited as done. */
  void failed(UUID userId, Instant now) {
    CurrentOperation.bound(
        () -> db.run(SCOPE, () -> users.failed(userId, now, ATTEMPTS, now.plus(LOCK))));
  }

  private static void refuseWhileLocked(Instant until) {
    var now = Times.now();
    if (until.isAfter(now)) {
      throw AccountsError.LOCKED.of().retryAfter(Duration.between(now, until));
    }
  }

  /** Ends the logins of a user whose password has changed, but one, and tells the user. */
  void endAll(User user, @Nullable UUID keep, Instant now) {
    sessions.revokeAll(user.id(), keep, now);
    cache.forget(user.id());
    mail.passwordChanged(user);
  }
}
