package dev.slipway.accounts.service.openid;

import dev.slipway.accounts.oidc.OidcFailure;
import dev.slipway.accounts.oidc.OidcFailure.Reason;
import dev.slipway.accounts.oidc.OidcProvider;
import dev.slipway.accounts.service.Origin;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.service.session.SignInTickets;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-in at the provider, from the browser's departure to its return. */
@Component(service = OidcSignIn.class)
public final class OidcSignIn {
  private final OidcAccounts accounts;
  private final SignInTickets tickets;
  private final OidcStates states;
  private final OidcProvider provider;

  /** Made by the component runtime. */
  @Activate
  public OidcSignIn(
      @Reference OidcAccounts accounts,
      @Reference SignInTickets tickets,
      @Reference OidcStates states,
      @Reference OidcProvider provider) {
    this.accounts = accounts;
    this.tickets = tickets;
    this.states = states;
    this.provider = provider;
  }

  /**
   * A browser on its way.
   *
   * @param binding for a cookie: who returns must be who began
   */
  public record Departure(URI to, String binding) {
    @Override
    public String toString() {
      return "Departure[…]";
    }
  }

  /** Refuses with 501 where no provider is configured. */
  public void requireConfigured() {
    provider.require();
  }

  /** Sends a browser to the provider. */
  public Departure begin() throws OidcFailure {
    provider.require();
    var begun = states.begin();
    return new Departure(
        provider.authorization(begun.state(), begun.nonce(), begun.verifier()), begun.binding());
  }

  /** Takes a browser back. */
  public OidcArrival finish(
      @Nullable String state, @Nullable String code, @Nullable String binding, Origin origin)
      throws OidcFailure {
    provider.require();
    if (state == null || binding == null) {
      throw new OidcFailure(Reason.INVALID_STATE, "no state, or no cookie");
    }
    var begun =
        states
            .take(state, binding)
            .orElseThrow(
                () ->
                    new OidcFailure(
                        Reason.INVALID_STATE, "unknown, used, expired, or of another browser"));
    if (code == null || code.isBlank()) {
      throw new OidcFailure(Reason.OAUTH_FAILED, "the provider let nobody in");
    }
    var identity = provider.identity(code, begun.nonce(), begun.verifier());
    return accounts.signIn(identity, origin);
  }

  /** Opens the login of a browser that was taken back, but whose user has a second factor. */
  public SignedIn confirm(String ticket, String code, Origin origin) {
    return tickets.redeem(ticket, code, origin);
  }
}
