package dev.slipway.accounts.service;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.store.SignInRow;
import dev.slipway.accounts.store.UserStore;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.security.Passwords;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-in by password. */
@Component(service = LoginService.class)
public final class LoginService {
  private static final Scope SCOPE = Scope.platform("sign-in: no tenant is known yet");

  private final Database db;
  private final UserStore users;
  private final Passwords passwords;
  private final SecondFactorService secondFactors;
  private final TokenIssuer issuer;
  private final InstantSource clock;

  @Activate
  public LoginService(
      @Reference Database db,
      @Reference UserStore users,
      @Reference Passwords passwords,
      @Reference SecondFactorService secondFactors,
      @Reference TokenIssuer issuer) {
    this(db, users, passwords, secondFactors, issuer, InstantSource.system());
  }

  LoginService(
      Database db,
      UserStore users,
      Passwords passwords,
      SecondFactorService secondFactors,
      TokenIssuer issuer,
      InstantSource clock) {
    this.secondFactors = secondFactors;
    this.db = db;
    this.users = users;
    this.passwords = passwords;
    this.issuer = issuer;
    this.clock = clock;
  }

  /**
   * Opens a login. A wrong password, an unknown address and an inactive user are refused alike, and
   * take as long.
   *
   * @param code of the authenticator app, or a recovery code; needed by users who have the app
   */
  public SignedIn login(
      String email, String password, @Nullable String code, String remoteAddress) {
    var found = find(email).orElse(null);
    if (found == null) {
      passwords.pretend(password);
      throw AccountsError.WRONG_CREDENTIALS.of();
    }
    refuseWhileLocked(found.lockedUntil());
    if (!passwords.verify(password, found.passwordHash())) {
      failed(found);
      throw AccountsError.WRONG_CREDENTIALS.of();
    }
    if (!found.active()) {
      throw AccountsError.WRONG_CREDENTIALS.of();
    }
    try {
      return issuer.answer(db.write(SCOPE, () -> open(found.userId(), code, remoteAddress)));
    } catch (PlatformException refusal) {
      // Counted in a unit of its own: the one that refuses is undone.
      if (refusal.code() == AccountsError.SECOND_FACTOR_WRONG) {
        failed(found);
      }
      throw refusal;
    }
  }

  /** What was asked for was not done, so it is not audited as done. */
  private void failed(SignInRow user) {
    var now = clock.instant();
    CurrentOperation.bound(
        () ->
            db.run(
                SCOPE,
                () -> users.failed(user.userId(), now, Logins.ATTEMPTS, now.plus(Logins.LOCK))));
  }

  private Optional<SignInRow> find(String email) {
    return EmailAddress.parse(email)
        .flatMap(address -> db.read(SCOPE, () -> users.signIn(address.key())));
  }

  private TokenIssuer.Opened open(UUID userId, @Nullable String code, String remoteAddress) {
    var now = clock.instant();
    if (secondFactors.asked(userId)) {
      if (code == null) {
        throw AccountsError.SECOND_FACTOR_REQUIRED.of();
      }
      if (!secondFactors.take(userId, code, now)) {
        throw AccountsError.SECOND_FACTOR_WRONG.of();
      }
    }
    // Others may have guessed while this password was being checked: theirs count first.
    if (!users.succeeded(userId, now)) {
      throw AccountsError.LOCKED.of().retryAfter(Logins.LOCK);
    }
    var user = users.find(userId).orElseThrow(AccountsError.WRONG_CREDENTIALS::of);
    return issuer.open(user, remoteAddress, now);
  }

  private void refuseWhileLocked(@Nullable Instant until) {
    var now = clock.instant();
    if (until != null && until.isAfter(now)) {
      throw AccountsError.LOCKED.of().retryAfter(Duration.between(now, until));
    }
  }
}
