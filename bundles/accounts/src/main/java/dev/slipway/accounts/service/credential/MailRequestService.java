package dev.slipway.accounts.service.credential;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.service.EmailAddress;
import dev.slipway.accounts.store.credential.TokenPurpose;
import dev.slipway.accounts.store.credential.TokenStore;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Signals;
import dev.slipway.data.Database;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes requests for mail by address. Here nobody looks whether the address is known: neither the
 * answer nor the time it takes can tell. {@link MailRequests} looks later.
 */
@Component(service = MailRequestService.class)
public final class MailRequestService {
  static final String TOPIC = "accounts:mail-requested";
  private static final Scope SCOPE = Scope.platform("whoever asks has not signed in");
  private static final Duration RESEND_PAUSE = Duration.ofSeconds(60);
  private static final Duration RESET_WINDOW = Duration.ofHours(1);
  private static final int RESETS = 3;

  private final Database db;
  private final TokenStore tokens;
  private final Signals signals;

  @Activate
  public MailRequestService(
      @Reference Database db, @Reference TokenStore tokens, @Reference Signals signals) {
    this.db = db;
    this.tokens = tokens;
    this.signals = signals;
  }

  /** Asks for another verification link; refuses a second one within a minute. */
  public void verification(String email) {
    var address = EmailAddress.parse(email).orElse(null);
    if (address == null) {
      return;
    }
    db.run(
        SCOPE,
        () -> {
          var now = Times.now();
          var asked = tokens.asked(TokenPurpose.VERIFY, address.key(), now.minus(RESEND_PAUSE));
          if (!asked.isEmpty()) {
            var wait = Duration.between(now, asked.getFirst().plus(RESEND_PAUSE));
            throw AccountsError.RESEND_TOO_SOON.of().retryAfter(wait);
          }
          tokens.ask(TokenPurpose.VERIFY, address.key(), now);
          signals.raise(TOPIC);
        });
  }

  /** Asks for a link to set another password; the fourth within an hour goes nowhere. */
  public void reset(String email) {
    var address = EmailAddress.parse(email).orElse(null);
    if (address == null) {
      return;
    }
    db.run(
        SCOPE,
        () -> {
          var now = Times.now();
          var asked = tokens.asked(TokenPurpose.RESET, address.key(), now.minus(RESET_WINDOW));
          if (asked.size() < RESETS) {
            tokens.ask(TokenPurpose.RESET, address.key(), now);
            signals.raise(TOPIC);
          }
        });
  }
}
