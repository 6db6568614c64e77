package dev.slipway.accounts.service.openid;

import dev.slipway.accounts.User;
import dev.slipway.accounts.oidc.OidcFailure;
import dev.slipway.accounts.oidc.OidcFailure.Reason;
import dev.slipway.accounts.oidc.OidcIdentity;
import dev.slipway.accounts.service.Origin;
import dev.slipway.accounts.service.session.SignInTickets;
import dev.slipway.accounts.service.session.TokenIssuer;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-in of users whom a provider has let in. */
@Component(service = OidcAccounts.class)
public final class OidcAccounts {
  private static final Scope SCOPE = Scope.platform("sign-in: no tenant is known yet");

  private final Database db;
  private final OidcLinks links;
  private final SignInTickets tickets;
  private final TokenIssuer issuer;

  @Activate
  public OidcAccounts(
      @Reference Database db,
      @Reference OidcLinks links,
      @Reference SignInTickets tickets,
      @Reference TokenIssuer issuer) {
    this.db = db;
    this.links = links;
    this.tickets = tickets;
    this.issuer = issuer;
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
    return links
        .user(identity, now)
        .filter(User::active)
        .map(
            user ->
                tickets.needed(user)
                    ? new Entry(null, tickets.issue(user, now))
                    : new Entry(issuer.signIn(user.id(), origin, now), null));
  }
}
