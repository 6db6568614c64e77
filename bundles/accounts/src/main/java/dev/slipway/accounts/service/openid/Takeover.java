package dev.slipway.accounts.service.openid;

import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.User;
import dev.slipway.accounts.store.secondfactor.SecondFactorStore;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.PrincipalCache;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives an account whose address was never verified to who proves to own the address. Whoever made
 * it beforehand, perhaps to lie in wait, loses every way in.
 */
@Component(service = Takeover.class)
public final class Takeover {
  private final UserStore users;
  private final SessionStore sessions;
  private final SecondFactorStore factors;
  private final PrincipalCache cache;
  private final Events events;

  @Activate
  public Takeover(
      @Reference UserStore users,
      @Reference SessionStore sessions,
      @Reference SecondFactorStore factors,
      @Reference PrincipalCache cache,
      @Reference Events events) {
    this.users = users;
    this.sessions = sessions;
    this.factors = factors;
    this.cache = cache;
    this.events = events;
  }

  /** In a unit of work. */
  User claim(User user, String method, Instant now) {
    users.removePassword(user.id());
    factors.delete(user.id());
    sessions.revokeAll(user.id(), null, now);
    cache.forget(user.id());
    var claimed =
        user.withProfile(user.email(), user.emailKey(), user.displayName(), true, now)
            .withAuthMethods(List.of(method), now);
    users.update(claimed);
    events.publish(new AccountsEvent.UserVerified(user.id(), user.email()));
    return claimed;
  }
}
