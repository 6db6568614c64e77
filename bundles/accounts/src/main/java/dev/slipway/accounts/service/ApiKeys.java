package dev.slipway.accounts.service;

import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.store.PrincipalStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.data.Database;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Mints API keys. */
@Component(service = ApiKeys.class)
public final class ApiKeys {
  private static final Scope SCOPE =
      Scope.platform("keys are looked up before the tenant is known");
  private static final String PREFIX = "lsk_";
  private static final int PREVIEW = 8;
  private static final int MAX_NAME = 100;

  private final Database db;
  private final PrincipalStore store;
  private final Events events;

  @Activate
  public ApiKeys(
      @Reference Database db, @Reference PrincipalStore store, @Reference Events events) {
    this.db = db;
    this.store = store;
    this.events = events;
  }

  /**
   * A key and its raw form.
   *
   * @param raw shown this once; only its hash is kept
   */
  public record Minted(ApiKey key, String raw) {
    @Override
    public String toString() {
      return "Minted[" + key.id() + "]";
    }
  }

  /** Makes a key of the caller's tenant; one with admin authority belongs to the root tenant. */
  public Minted create(Caller caller, String name, ApiKey.Authority authority) {
    caller.require(Role.ADMIN);
    var seat = caller.membership();
    if (authority == ApiKey.Authority.ADMIN && (seat == null || !seat.root())) {
      throw CommonError.FORBIDDEN.of("admin keys belong to the root tenant");
    }
    var text = name.strip();
    if (text.isEmpty() || text.length() > MAX_NAME) {
      throw CommonError.INVALID.of().withField("name", "must have 1 to 100 characters");
    }
    var secret = SecretToken.create(PREFIX);
    var key =
        new ApiKey(
            Ids.next(),
            caller.tenantId(),
            text,
            secret.hash(),
            secret.raw().substring(secret.raw().length() - PREVIEW),
            authority,
            true,
            caller.requireUser(),
            Times.now());
    db.run(
        SCOPE,
        () -> {
          store.insert(key);
          events.publish(
              new AccountsEvent.ApiKeyCreated(
                  key.tenantId(), key.id(), key.name(), authority, key.createdBy()));
        });
    return new Minted(key, secret.raw());
  }
}
