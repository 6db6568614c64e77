package dev.slipway.accounts.service.credential;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.store.credential.TokenPurpose;
import dev.slipway.accounts.store.credential.TokenStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.event.Events;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tokens that users bring back from a mail; who does reads the mail of the address. */
@Component(service = MailedTokens.class)
public final class MailedTokens {
  private final TokenStore tokens;
  private final UserStore users;
  private final Events events;

  @Activate
  public MailedTokens(
      @Reference TokenStore tokens, @Reference UserStore users, @Reference Events events) {
    this.tokens = tokens;
    this.users = users;
    this.events = events;
  }

  /**
   * Uses a token up; in a unit of work.
   *
   * @return whose it is, locked, the address verified
   */
  User take(TokenPurpose purpose, String token, Instant now) {
    var user =
        tokens
            .take(purpose, SecretToken.hash(token), now)
            .flatMap(users::lock)
            .filter(User::active)
            .orElseThrow(() -> AccountsError.TOKEN_INVALID.at("token"));
    CurrentOperation.detail("user_id", user.id());
    if (users.verified(user.id(), now)) {
      events.publish(new AccountsEvent.UserVerified(user.id(), user.email()));
    }
    return users.find(user.id()).orElseThrow();
  }

  /** No mailed reset is good any more. */
  void voidResets(User user) {
    tokens.voidAll(user.id(), TokenPurpose.RESET);
  }
}
