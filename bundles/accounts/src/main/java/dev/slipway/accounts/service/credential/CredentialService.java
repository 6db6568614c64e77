package dev.slipway.accounts.service.credential;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.Guesses;
import dev.slipway.accounts.service.Logins;
import dev.slipway.accounts.store.credential.TokenPurpose;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.security.Passwords;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Mailed tokens redeemed, and passwords changed. */
@Component(service = CredentialService.class)
public final class CredentialService {
  private static final Scope SCOPE = Scope.platform("credentials belong to users");

  private final Database db;
  private final UserStore users;
  private final MailedTokens tokens;
  private final Passwords passwords;
  private final Logins logins;
  private final Guesses guesses;
  private final PasswordRule rule = new PasswordRule();

  @Activate
  public CredentialService(
      @Reference Database db,
      @Reference UserStore users,
      @Reference MailedTokens tokens,
      @Reference Passwords passwords,
      @Reference Logins logins,
      @Reference Guesses guesses) {
    this.db = db;
    this.users = users;
    this.tokens = tokens;
    this.passwords = passwords;
    this.logins = logins;
    this.guesses = guesses;
  }

  /** Marks the address as verified that the token was mailed to. */
  public void verify(String token) {
    db.run(SCOPE, () -> tokens.take(TokenPurpose.VERIFY, token, Times.now()));
  }

  /** Sets another password by a mailed token, and ends all logins. */
  public void reset(String token, String newPassword) {
    // A weak password must not use the token up, and hashing must not hold a connection.
    requireStrong(newPassword);
    var hash = passwords.hash(newPassword);
    db.run(
        SCOPE,
        () -> {
          var now = Times.now();
          set(tokens.take(TokenPurpose.RESET, token, now), hash, null, now);
        });
  }

  /** Changes the caller's password, or adds one; all other logins end. */
  public void change(Caller caller, @Nullable String current, String newPassword) {
    var userId = caller.requireUser();
    requireStrong(newPassword);
    var present = db.read(SCOPE, () -> users.passwordHash(userId)).orElse(null);
    if (present != null) {
      requireCurrent(userId, current, present);
    }
    var hash = passwords.hash(newPassword);
    db.run(
        SCOPE,
        () -> {
          var user = users.lock(userId).orElseThrow(CommonError.UNAUTHENTICATED::of);
          // Changed meanwhile: what was checked above is no longer the password.
          if (!Objects.equals(present, users.passwordHash(userId).orElse(null))) {
            throw AccountsError.CURRENT_PASSWORD_WRONG.of();
          }
          set(user, hash, caller.sessionId(), Times.now());
        });
  }

  private void requireCurrent(UUID userId, @Nullable String current, String present) {
    if (current == null) {
      throw CommonError.INVALID.of().withField("currentPassword", "is required");
    }
    var user =
        db.read(SCOPE, () -> users.find(userId)).orElseThrow(CommonError.UNAUTHENTICATED::of);
    guesses.guarded(
        user.emailKey(),
        AccountsError.CURRENT_PASSWORD_WRONG,
        () -> {
          if (!passwords.verify(current, present)) {
            throw AccountsError.CURRENT_PASSWORD_WRONG.of();
          }
        });
  }

  private void set(User user, String hash, @Nullable UUID keep, Instant now) {
    users.setPassword(user.id(), hash);
    guesses.forget(user.emailKey());
    if (!user.authMethods().contains("password")) {
      var methods = new ArrayList<>(user.authMethods());
      methods.addFirst("password");
      users.update(user.withAuthMethods(methods, now));
    }
    tokens.voidResets(user);
    logins.endAll(user, keep, now);
  }

  private void requireStrong(String password) {
    rule.fault(password)
        .ifPresent(
            fault -> {
              throw CommonError.INVALID.of().withField("newPassword", fault);
            });
  }
}
