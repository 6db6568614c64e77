package dev.slipway.billing;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.TenantSize;
import dev.slipway.accounts.Tenants;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Tenants of which the test decides. */
public final class KnownTenants implements Tenants {
  private final Map<UUID, Tenant> tenants = new ConcurrentHashMap<>();

  /** A new one. */
  public UUID add(String name) {
    var id = Ids.next();
    var now = Times.now();
    tenants.put(id, new Tenant(id, name, "t-" + id, false, true, now, now));
    return id;
  }

  /** That one is gone. */
  public void remove(UUID id) {
    tenants.remove(id);
  }

  @Override
  public int count() {
    return tenants.size();
  }

  @Override
  public List<TenantSize> list() {
    return tenants.values().stream().map(tenant -> new TenantSize(tenant, 1)).toList();
  }

  @Override
  public Optional<Tenant> find(UUID tenantId) {
    return Optional.ofNullable(tenants.get(tenantId));
  }

  @Override
  public Tenant require(UUID tenantId) {
    return find(tenantId).orElseThrow(() -> CommonError.NOT_FOUND.of("tenant"));
  }

  @Override
  public int memberCount(UUID tenantId) {
    return 1;
  }

  @Override
  public List<Member> members(UUID tenantId) {
    return List.of();
  }

  @Override
  public Optional<Member> owner(UUID tenantId) {
    return Optional.empty();
  }

  @Override
  public Tenant rename(Caller caller, UUID tenantId, String name) {
    throw new UnsupportedOperationException("billing renames no tenants");
  }

  @Override
  public void setActive(Caller caller, UUID tenantId, boolean active) {
    throw new UnsupportedOperationException("billing switches no tenants");
  }
}
