package dev.slipway.accounts.service.openid;

import dev.slipway.accounts.User;
import dev.slipway.accounts.oidc.OidcIdentity;
import dev.slipway.accounts.service.DisplayName;
import dev.slipway.accounts.service.EmailAddress;
import dev.slipway.accounts.service.registration.NewAccounts;
import dev.slipway.accounts.store.openid.OidcStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Which user a provider's subject is; an address links to a user only where the provider vouches
 * for it.
 */
@Component(service = OidcLinks.class)
public final class OidcLinks {
  private static final String METHOD = "google";

  private final OidcStore store;
  private final UserStore users;
  private final NewAccounts accounts;
  private final Takeover takeover;

  @Activate
  public OidcLinks(
      @Reference OidcStore store,
      @Reference UserStore users,
      @Reference NewAccounts accounts,
      @Reference Takeover takeover) {
    this.store = store;
    this.users = users;
    this.accounts = accounts;
    this.takeover = takeover;
  }

  /**
   * The user, made where there is none; locked, in a unit of work. Empty where neither the subject
   * nor an address tells.
   */
  Optional<User> user(OidcIdentity identity, Instant now) {
    return store
        .user(identity.issuer(), identity.subject())
        .flatMap(users::lock)
        .or(() -> byAddress(identity, now));
  }

  private Optional<User> byAddress(OidcIdentity identity, Instant now) {
    if (!identity.emailVerified() || identity.email() == null) {
      return Optional.empty();
    }
    return EmailAddress.parse(identity.email())
        .map(
            address -> {
              var present = present(address.key()).orElse(null);
              var user =
                  present == null ? create(address, identity.name(), now) : link(present, now);
              store.link(user.id(), identity.issuer(), identity.subject(), now);
              return user;
            });
  }

  /** The user of an address, locked; who has moved to another meanwhile is not the address's. */
  private Optional<User> present(String emailKey) {
    return users
        .byEmail(emailKey)
        .map(User::id)
        .flatMap(users::lock)
        .filter(user -> user.emailKey().equals(emailKey));
  }

  private User create(EmailAddress address, @Nullable String name, Instant now) {
    var shown =
        Optional.ofNullable(name)
            .flatMap(DisplayName::parse)
            .orElseGet(() -> address.display().substring(0, address.display().indexOf('@')));
    var user =
        new User(
            Ids.next(),
            address.display(),
            address.key(),
            shown,
            true,
            true,
            List.of(METHOD),
            now,
            now,
            null);
    accounts.create(user, null);
    return user;
  }

  private User link(User present, Instant now) {
    if (!present.emailVerified()) {
      return takeover.claim(present, METHOD, now);
    }
    var methods = new ArrayList<>(present.authMethods());
    if (!methods.contains(METHOD)) {
      methods.add(METHOD);
    }
    var linked = present.withAuthMethods(methods, now);
    users.update(linked);
    return linked;
  }
}
