package dev.slipway.accounts.store.openid;

import dev.slipway.api.Ids;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-ins at an issuer as rows. */
@Component(service = OidcStore.class)
public final class OidcStore {
  private static final int CLEAN_BATCH = 100;

  private final OidcStateMapper states;
  private final IdentityMapper identities;

  @Activate
  public OidcStore(@Reference Database database) {
    states = database.mapper(OidcStateMapper.class);
    identities = database.mapper(IdentityMapper.class);
  }

  /** Adds a state, and removes some that have expired: there is never a pile of them. */
  public void insert(OidcStateRow state, Instant now) {
    states.deleteExpired(now, CLEAN_BATCH);
    states.insert(state);
  }

  /** Takes a state out; it works once. Empty where it is unknown, used or expired. */
  public Optional<OidcStateRow> take(String stateHash, Instant now) {
    return Optional.ofNullable(states.take(stateHash, now));
  }

  public Optional<UUID> user(String issuer, String subject) {
    return Optional.ofNullable(identities.user(issuer, subject));
  }

  /** No subject is this user any more. */
  public void unlink(UUID userId) {
    identities.unlink(userId);
  }

  public void link(UUID userId, String issuer, String subject, Instant now) {
    identities.insert(new IdentityRow(Ids.next(), userId, issuer, subject, now));
  }
}
