package dev.slipway.scripts.service;

import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.ApiKeys;
import dev.slipway.api.Caller;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.scripts.Script;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whose rights a script has: those that its owner has at this moment. */
@Component(service = Owners.class)
public final class Owners {
  private static final String ADDRESS = "script";

  private final PrincipalCache principals;
  private final ApiKeys keys;

  @Activate
  public Owners(@Reference PrincipalCache principals, @Reference ApiKeys keys) {
    this.principals = principals;
    this.keys = keys;
  }

  /** The owner as a caller; empty where it has no access to the tenant any more. */
  Optional<Caller> of(Script script, UUID executionId) {
    var request = executionId.toString();
    var userId = script.ownerUserId();
    return userId == null ? key(script, request) : member(script, userId, request);
  }

  private Optional<Caller> member(Script script, UUID userId, String request) {
    return principals
        .member(userId, script.tenantId())
        .filter(user -> user.membership() != null)
        .map(
            user ->
                new Caller(userId, null, null, user.name(), user.membership(), request, ADDRESS));
  }

  /** Only keys with admin authority can make scripts, and those belong to the root tenant. */
  private Optional<Caller> key(Script script, String request) {
    var seat = new Membership(script.tenantId(), Role.ADMIN, true);
    var caller = new Caller(null, script.ownerKeyId(), null, "API key", seat, request, ADDRESS);
    return keys.list(caller).stream()
        .filter(key -> key.id().equals(script.ownerKeyId()))
        .filter(key -> key.authority() == ApiKey.Authority.ADMIN)
        .findFirst()
        .map(key -> caller);
  }
}
