package dev.slipway.accounts.service.session;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.EmailAddress;
import dev.slipway.accounts.service.Guesses;
import dev.slipway.accounts.service.Origin;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.service.secondfactor.SecondFactorService;
import dev.slipway.accounts.store.user.SignInRow;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Scope;
import dev.slipway.api.security.Passwords;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-in by password. */
@Component(service = LoginService.class)
public final class LoginService {
  private static final Scope SCOPE = Scope.platform("sign-in: no tenant is known yet");
  private static final Set<AccountsError> WRONG =
      Set.of(AccountsError.WRONG_CREDENTIALS, AccountsError.SECOND_FACTOR_WRONG);

  private final Database db;
  private final UserStore users;
  private final Passwords passwords;
  private final SecondFactorService secondFactors;
  private final Guesses guesses;
  private final TokenIssuer issuer;

  @Activate
  public LoginService(
      @Reference Database db,
      @Reference UserStore users,
      @Reference Passwords passwords,
      @Reference SecondFactorService secondFactors,
      @Reference Guesses guesses,
      @Reference TokenIssuer issuer) {
    this.db = db;
    this.users = users;
    this.passwords = passwords;
    this.secondFactors = secondFactors;
    this.guesses = guesses;
    this.issuer = issuer;
  }

  /**
   * Opens a login. A wrong password, an unknown address and an inactive user are refused alike, do
   * the same work, and lock the address after as many attempts.
   *
   * @param code of the authenticator app, or a recovery code; needed by users who have the app
   */
  public SignedIn login(String email, String password, @Nullable String code, Origin origin) {
    var address = EmailAddress.parse(email).orElse(null);
    if (address == null) {
      passwords.pretend(password);
      throw AccountsError.WRONG_CREDENTIALS.of();
    }
    var key = address.key();
    var opened =
        guesses.checked(
            key,
            WRONG,
            now -> {
              var holder = holder(key, password);
              return db.write(SCOPE, () -> open(holder, code, origin, now));
            });
    return issuer.answer(opened);
  }

  /** Whose password it is. */
  private SignInRow holder(String emailKey, String password) {
    var found = db.read(SCOPE, () -> users.signIn(emailKey)).orElse(null);
    if (found == null) {
      passwords.pretend(password);
      throw AccountsError.WRONG_CREDENTIALS.of();
    }
    if (!passwords.verify(password, found.passwordHash()) || !found.active()) {
      throw AccountsError.WRONG_CREDENTIALS.of();
    }
    return found;
  }

  private TokenIssuer.Opened open(
      SignInRow holder, @Nullable String code, Origin origin, Instant now) {
    var id = holder.userId();
    // Whoever switches the user off or sets another password ends all logins under this lock.
    var user =
        users
            .lock(id)
            .filter(User::active)
            .filter(same -> users.passwordHash(id).equals(Optional.of(holder.passwordHash())))
            .orElseThrow(AccountsError.WRONG_CREDENTIALS::of);
    secondFactors.require(id, code, now);
    guesses.forget(user.emailKey());
    return issuer.signIn(id, origin, now);
  }
}
