package dev.slipway.scripts.service;

import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.ApiKeys;
import dev.slipway.api.Caller;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.security.Principal;
import dev.slipway.api.security.PrincipalCache;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Users that have a seat wherever they are asked for, until the test takes it away. */
public final class KnownPeople implements PrincipalCache, ApiKeys {
  private final Set<UUID> gone = new HashSet<>();
  private final Map<UUID, UUID> seats = new HashMap<>();

  /** The user has a seat there. */
  public synchronized void seat(UUID userId, UUID tenantId) {
    seats.put(userId, tenantId);
  }

  /** The user has no access any more. */
  public synchronized void remove(UUID userId) {
    gone.add(userId);
  }

  @Override
  public synchronized Optional<Principal> member(UUID userId, UUID tenantId) {
    var seated = tenantId.equals(seats.get(userId));
    var seat = seated ? new Membership(tenantId, Role.ADMIN, false) : null;
    return gone.contains(userId)
        ? Optional.empty()
        : Optional.of(new Principal(userId, null, "owner@example.com", seat));
  }

  @Override
  public void forget(UUID userOrTenantOrKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Minted create(Caller caller, String name, ApiKey.Authority authority) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ApiKey> list(Caller caller) {
    return List.of();
  }

  @Override
  public void revoke(Caller caller, UUID keyId) {
    throw new UnsupportedOperationException();
  }
}
