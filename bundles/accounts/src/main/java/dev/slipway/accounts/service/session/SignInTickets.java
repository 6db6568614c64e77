package dev.slipway.accounts.service.session;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.Guesses;
import dev.slipway.accounts.service.Origin;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.service.secondfactor.SecondFactorService;
import dev.slipway.accounts.store.credential.TokenPurpose;
import dev.slipway.accounts.store.credential.TokenRow;
import dev.slipway.accounts.store.credential.TokenStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What users get whom a provider has let in, and who still owe the code of their second factor. */
@Component(service = SignInTickets.class)
public final class SignInTickets {
  private static final Scope SCOPE = Scope.platform("sign-in: no tenant is known yet");
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final Database db;
  private final UserStore users;
  private final TokenStore tokens;
  private final SecondFactorService secondFactors;
  private final Guesses guesses;
  private final TokenIssuer issuer;

  @Activate
  public SignInTickets(
      @Reference Database db,
      @Reference UserStore users,
      @Reference TokenStore tokens,
      @Reference SecondFactorService secondFactors,
      @Reference Guesses guesses,
      @Reference TokenIssuer issuer) {
    this.db = db;
    this.users = users;
    this.tokens = tokens;
    this.secondFactors = secondFactors;
    this.guesses = guesses;
    this.issuer = issuer;
  }

  public boolean needed(User user) {
    return secondFactors.asked(user.id());
  }

  /** In place of an earlier one. */
  public String issue(User user, Instant now) {
    var secret = SecretToken.create("");
    var ends = now.plus(LIFETIME);
    tokens.replace(
        new TokenRow(Ids.next(), user.id(), TokenPurpose.SIGN_IN, secret.hash(), now, ends));
    return secret.raw();
  }

  /**
   * Opens the login that only a code was missing for. A wrong code counts as at every sign-in, and
   * leaves the ticket good.
   */
  public SignedIn redeem(String ticket, String code, Origin origin) {
    var hash = SecretToken.hash(ticket);
    var holder =
        db.read(
                SCOPE,
                () -> tokens.holder(TokenPurpose.SIGN_IN, hash, Times.now()).flatMap(users::find))
            .orElseThrow(() -> AccountsError.TOKEN_INVALID.at("ticket"));
    var opened =
        guesses.checked(
            holder.emailKey(),
            Set.of(AccountsError.SECOND_FACTOR_WRONG),
            now -> db.write(SCOPE, () -> redeem(hash, code, origin, now)));
    return issuer.answer(opened);
  }

  private TokenIssuer.Opened redeem(String hash, String code, Origin origin, Instant now) {
    var user =
        tokens
            .take(TokenPurpose.SIGN_IN, hash, now)
            .flatMap(users::lock)
            .filter(User::active)
            .orElseThrow(() -> AccountsError.TOKEN_INVALID.at("ticket"));
    secondFactors.require(user.id(), code, now);
    guesses.forget(user.emailKey());
    return issuer.signIn(user.id(), origin, now);
  }
}
