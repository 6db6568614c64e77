package dev.slipway.accounts.service.registration;

import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.AccountMail;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.event.Events;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes users with a tenant of their own; in a unit of work. */
@Component(service = NewAccounts.class)
public final class NewAccounts {
  private static final int SLUG_ATTEMPTS = 10;

  private final UserStore users;
  private final TenantStore tenants;
  private final Events events;
  private final AccountMail mail;
  private final Slugs slugs = new Slugs();

  @Activate
  public NewAccounts(
      @Reference UserStore users,
      @Reference TenantStore tenants,
      @Reference Events events,
      @Reference AccountMail mail) {
    this.users = users;
    this.tenants = tenants;
    this.events = events;
    this.mail = mail;
  }

  /**
   * Adds a user; one whose address is not verified gets a mail to do so.
   *
   * @param passwordHash null for one who signs in elsewhere
   */
  public void create(User user, @Nullable String passwordHash) {
    users.insert(user, passwordHash);
    events.publish(new AccountsEvent.UserRegistered(user.id(), user.email(), user.displayName()));
    addTenant(user, user.createdAt());
    if (!user.emailVerified()) {
      mail.verification(user, user.createdAt());
    }
  }

  /** Gives a user a tenant of their own. */
  public void addTenant(User owner, Instant now) {
    var wanted = slugs.of(owner.displayName());
    var slug = wanted;
    for (var attempt = 0; attempt < SLUG_ATTEMPTS; attempt++) {
      var tenant = new Tenant(Ids.next(), owner.displayName(), slug, false, true, now, now);
      if (!slugs.reserved(slug) && tenants.insertIfFree(tenant)) {
        tenants.join(tenant.id(), owner.id(), Role.OWNER, now);
        events.publish(
            new AccountsEvent.TenantCreated(
                tenant.id(), tenant.name(), tenant.slug(), false, owner.id()));
        return;
      }
      slug = slugs.withTail(wanted);
    }
    throw new IllegalStateException("no free slug in " + SLUG_ATTEMPTS + " attempts");
  }
}
