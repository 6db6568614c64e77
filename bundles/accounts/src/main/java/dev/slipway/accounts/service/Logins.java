package dev.slipway.accounts.service;

import dev.slipway.accounts.User;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.api.security.PrincipalCache;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The end of all logins of a user. */
@Component(service = Logins.class)
public final class Logins {
  private final SessionStore sessions;
  private final PrincipalCache cache;
  private final AccountMail mail;

  @Activate
  public Logins(
      @Reference SessionStore sessions,
      @Reference PrincipalCache cache,
      @Reference AccountMail mail) {
    this.sessions = sessions;
    this.cache = cache;
    this.mail = mail;
  }

  /** Ends the logins of a user whose password has changed, but one, and tells the user. */
  public void endAll(User user, @Nullable UUID keep, Instant now) {
    sessions.revokeAll(user.id(), keep, now);
    cache.forget(user.id());
    mail.passwordChanged(user);
  }
}
