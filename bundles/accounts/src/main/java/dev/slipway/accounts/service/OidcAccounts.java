package dev.slipway.accounts.service;

import dev.slipway.accounts.User;
import dev.slipway.accounts.oidc.OidcFailure;
import dev.slipway.accounts.oidc.OidcFailure.Reason;
import dev.slipway.accounts.oidc.OidcIdentity;
import dev.slipway.accounts.store.OidcStore;
import dev.slipway.accounts.store.UserStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Users who sign in at a provider. Known by the provider's subject; an address links to a user only
 * where the provider vouches for it.
 */
@Component(service = OidcAccounts.class)
public final class OidcAccounts {
  private static final Scope SCOPE = Scope.platform("sign-in: no tenant is known yet");
  private static final String METHOD = "google";

  private final Database db;
  private final OidcStore store;
  private final UserStore users;
  private final NewAccounts accounts;
  private final TokenIssuer issuer;
  private final Takeover takeover;
  private final SignInTickets tickets;

  @Activate
  public OidcAccounts(
      @Reference Database db,
      @Reference OidcStore store,
      @Reference UserStore users,
      @Reference NewAccounts accounts,
      @Reference TokenIssuer issuer,
      @Reference Takeover takeover,
      @Reference SignInTickets tickets) {
    this.db = db;
    this.store = store;
    this.users = users;
    this.accounts = accounts;
    this.issuer = issuer;
    this.takeover = takeover;
    this.tickets = tickets;
  }

  /** Lets a user in whom the provider has let in, and makes the account where there is none. */
  public OidcArrival signIn(OidcIdentity identity, Origin origin) throws OidcFailure {
    Optional<Entry> entry;
    try {
      entry = db.write(SCOPE, () -> enter(identity, origin));
    } catch (ConstraintViolation race) {
      // Two first sign-ins at once: the other one has made the account.
      entry = db.write(SCOPE, () -> enter(identity, origin));
    }
    return entry
        .map(this::arrival)
        .orElseThrow(
            () ->
                new OidcFailure(
                    Reason.ACCOUNT_CREATION_FAILED, "inactive, or no verified address"));
  }

  /** One of both, as it stands in the unit of work. */
  private record Entry(TokenIssuer.@Nullable Opened opened, @Nullable String ticket) {}

  private OidcArrival arrival(Entry entry) {
    return entry.opened() == null
        ? new OidcArrival.CodeNeeded(Objects.requireNonNull(entry.ticket()))
        : new OidcArrival.SignedInThere(issuer.answer(entry.opened()));
  }

  private Optional<Entry> enter(OidcIdentity identity, Origin origin) {
    var now = Times.now();
    return store
        .user(identity.issuer(), identity.subject())
        .flatMap(users::lock)
        .or(() -> byAddress(identity, now))
        .filter(User::active)
        .map(
            user ->
                tickets.needed(user)
                    ? new Entry(null, tickets.issue(user, now))
                    : new Entry(open(user, origin, now), null));
  }

  private TokenIssuer.Opened open(User user, Origin origin, Instant now) {
    users.signedIn(user.id(), now);
    return issuer.open(users.find(user.id()).orElseThrow(), origin, now);
  }

  private Optional<User> byAddress(OidcIdentity identity, Instant now) {
    if (!identity.emailVerified() || identity.email() == null) {
      return Optional.empty();
    }
    return EmailAddress.parse(identity.email())
        .map(
            address -> {
              var present = users.byEmail(address.key()).orElse(null);
              var user =
                  present == null ? create(address, identity.name(), now) : link(present, now);
              store.link(user.id(), identity.issuer(), identity.subject(), now);
              return user;
            });
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
