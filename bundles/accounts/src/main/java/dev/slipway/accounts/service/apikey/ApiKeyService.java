package dev.slipway.accounts.service.apikey;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.ApiKeys;
import dev.slipway.accounts.service.DisplayName;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.store.principal.PrincipalStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Mints and withdraws API keys. */
@Component(service = {ApiKeys.class, ApiKeyService.class})
public final class ApiKeyService implements ApiKeys {
  private static final Scope SCOPE =
      Scope.platform("keys are looked up before the tenant is known");
  private static final String PREFIX = "lsk_";
  private static final int PREVIEW = 8;
  private static final int MAX_NAME = 100;

  /** What the audit keeps of a key. */
  private record Audited(UUID id, String name, ApiKey.Authority authority) {
    static Audited of(ApiKey key) {
      return new Audited(key.id(), key.name(), key.authority());
    }
  }

  private final Database db;
  private final PrincipalStore store;
  private final Events events;
  private final PrincipalCache cache;

  @Activate
  public ApiKeyService(
      @Reference Database db,
      @Reference PrincipalStore store,
      @Reference Events events,
      @Reference PrincipalCache cache) {
    this.db = db;
    this.store = store;
    this.events = events;
    this.cache = cache;
  }

  @Override
  public Minted create(Caller caller, String name, ApiKey.Authority authority) {
    caller.require(Role.ADMIN);
    var seat = caller.membership();
    if (authority == ApiKey.Authority.ADMIN && (seat == null || !seat.root())) {
      throw CommonError.FORBIDDEN.of("admin keys belong to the root tenant");
    }
    var text =
        DisplayName.parse(name, MAX_NAME)
            .orElseThrow(
                () ->
                    CommonError.INVALID
                        .of()
                        .withField("name", "must have 1 to 100 characters and no control ones"));
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
            actor(caller),
            Times.now(),
            null);
    db.run(
        SCOPE,
        () -> {
          CurrentOperation.detail("after", Audited.of(key));
          store.insert(key);
          CurrentOperation.detail(
              "after", Map.of("api_key_id", key.id(), "name", key.name(), "authority", authority));
          events.publish(
              new AccountsEvent.ApiKeyCreated(
                  key.tenantId(), key.id(), key.name(), authority, key.createdBy()));
        });
    return new Minted(key, secret.raw());
  }

  @Override
  public List<ApiKey> list(Caller caller) {
    caller.require(Role.ADMIN);
    var tenantId = caller.tenantId();
    return db.read(SCOPE, () -> store.activeKeys(tenantId));
  }

  @Override
  public void revoke(Caller caller, UUID keyId) {
    caller.require(Role.ADMIN);
    var tenantId = caller.tenantId();
    var by = actor(caller);
    db.run(
        SCOPE,
        () -> {
          var key = store.revoke(keyId, tenantId).orElseThrow(AccountsError.API_KEY_NOT_FOUND::of);
          CurrentOperation.detail("before", Audited.of(key));
          events.publish(new AccountsEvent.ApiKeyRevoked(tenantId, key.id(), key.name(), by));
          CurrentOperation.detail("before", Map.of("api_key_id", key.id(), "name", key.name()));
          cache.forget(key.id());
        });
  }

  /** A user, or an admin key that manages keys. */
  private static UUID actor(Caller caller) {
    return caller.apiKeyId() == null ? caller.requireUser() : caller.apiKeyId();
  }
}
