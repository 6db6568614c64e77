package dev.slipway.accounts.service.openid;

import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.registration.NewAccounts;
import dev.slipway.accounts.service.user.UserDeletion;
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
 * it beforehand, perhaps to lie in wait, loses every way in: what signs in, and the company of whom
 * the account has invited. What its owner may have made alone before the address was verified is
 * kept.
 */
@Component(service = Takeover.class)
public final class Takeover {
  private final UserStore users;
  private final FormerAccess access;
  private final UserDeletion ownerships;
  private final NewAccounts accounts;
  private final PrincipalCache cache;
  private final Events events;

  @Activate
  public Takeover(
      @Reference UserStore users,
      @Reference FormerAccess access,
      @Reference UserDeletion ownerships,
      @Reference NewAccounts accounts,
      @Reference PrincipalCache cache,
      @Reference Events events) {
    this.users = users;
    this.access = access;
    this.ownerships = ownerships;
    this.accounts = accounts;
    this.cache = cache;
    this.events = events;
  }

  /** In a unit of work that holds the user's lock. */
  User claim(User user, String method, Instant now) {
    access.end(user.id(), now);
    // Whom operators have moved to another address has proved one before, and keeps all tenants.
    if (!users.onceVerified(user.id()) && ownerships.handOn(user)) {
      accounts.addTenant(user, now);
    }
    cache.forget(user.id());
    var claimed =
        user.withProfile(user.email(), user.emailKey(), user.displayName(), true, now)
            .withAuthMethods(List.of(method), now);
    users.update(claimed);
    events.publish(new AccountsEvent.UserVerified(user.id(), user.email()));
    return claimed;
  }
}
