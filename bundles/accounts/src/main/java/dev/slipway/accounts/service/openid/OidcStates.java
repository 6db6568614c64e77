package dev.slipway.accounts.service.openid;

import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.store.openid.OidcStateRow;
import dev.slipway.accounts.store.openid.OidcStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-ins that have gone to the provider and not come back yet. */
@Component(service = OidcStates.class)
public final class OidcStates {
  private static final Scope SCOPE = Scope.platform("sign-in: no tenant is known yet");
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final Database db;
  private final OidcStore store;
  private final Secrets secrets;

  @Activate
  public OidcStates(
      @Reference Database db, @Reference OidcStore store, @Reference Secrets secrets) {
    this.db = db;
    this.store = store;
    this.secrets = secrets;
  }

  /** The secrets of one sign-in. */
  public record Begun(String state, String nonce, String verifier, String binding) {
    @Override
    public String toString() {
      return "Begun[…]";
    }
  }

  /** Remembers a sign-in for ten minutes. */
  public Begun begin() {
    var state = SecretToken.create("");
    var binding = SecretToken.create("");
    var nonce = SecretToken.create("").raw();
    var verifier = SecretToken.create("").raw();
    var id = Ids.next();
    var sealed = secrets.seal(null, place(id), nonce + " " + verifier);
    var now = Times.now();
    db.run(
        SCOPE,
        () ->
            store.insert(
                new OidcStateRow(id, state.hash(), binding.hash(), sealed, now.plus(LIFETIME)),
                now));
    return new Begun(state.raw(), nonce, verifier, binding.raw());
  }

  /** Takes a sign-in up again, once, in the browser that began it. */
  public Optional<Begun> take(String state, String binding) {
    return db.write(SCOPE, () -> store.take(SecretToken.hash(state), Times.now()))
        .filter(row -> row.bindingHash().equals(SecretToken.hash(binding)))
        .map(
            row -> {
              var both = secrets.open(null, place(row.id()), row.secrets()).split(" ", 2);
              return new Begun(state, both[0], both[1], binding);
            });
  }

  private static String place(UUID id) {
    return "accounts_oidc_state/" + id + "/secrets";
  }
}
