package dev.slipway.accounts.service.openid;

import dev.slipway.accounts.store.credential.TokenPurpose;
import dev.slipway.accounts.store.credential.TokenStore;
import dev.slipway.accounts.store.openid.OidcStore;
import dev.slipway.accounts.store.secondfactor.SecondFactorStore;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.accounts.store.user.UserStore;
import java.time.Instant;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All by which somebody came into an account until now. */
@Component(service = FormerAccess.class)
public final class FormerAccess {
  private final UserStore users;
  private final SecondFactorStore factors;
  private final SessionStore sessions;
  private final TokenStore tokens;
  private final OidcStore identities;

  @Activate
  public FormerAccess(
      @Reference UserStore users,
      @Reference SecondFactorStore factors,
      @Reference SessionStore sessions,
      @Reference TokenStore tokens,
      @Reference OidcStore identities) {
    this.users = users;
    this.factors = factors;
    this.sessions = sessions;
    this.tokens = tokens;
    this.identities = identities;
  }

  /** Ends it; in a unit of work that holds the user's lock. */
  void end(UUID userId, Instant now) {
    users.removePassword(userId);
    factors.delete(userId);
    sessions.revokeAll(userId, null, now);
    for (var purpose : TokenPurpose.values()) {
      tokens.voidAll(userId, purpose);
    }
    identities.unlink(userId);
  }
}
