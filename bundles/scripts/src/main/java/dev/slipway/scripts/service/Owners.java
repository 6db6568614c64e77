package dev.slipway.scripts.service;

import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.ApiKeys;
import dev.slipway.accounts.User;
import dev.slipway.accounts.Users;
import dev.slipway.api.Caller;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
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

  private final Users users;
  private final ApiKeys keys;

  @Activate
  public Owners(@Reference Users users, @Reference ApiKeys keys) {
    this.users = users;
    this.keys = keys;
  }

  /** The owner as a caller; empty where it has no access to the tenant any more. */
  Optional<Caller> of(Script script, UUID executionId) {
    var request = executionId.toString();
    var userId = script.ownerUserId();
    return userId == null
        ? key(script, request)
        : users.find(userId).filter(User::active).flatMap(user -> seated(script, user, request));
  }

  private Optional<Caller> seated(Script script, User user, String request) {
    return users.seats(user.id()).stream()
        .filter(seat -> seat.tenantId().equals(script.tenantId()))
        .findFirst()
        .map(
            seat ->
                new Caller(
                    user.id(),
                    null,
                    null,
                    user.email(),
                    new Membership(seat.tenantId(), seat.role(), seat.root()),
                    request,
                    ADDRESS));
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
