package dev.slipway.deployments;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.TenantSize;
import dev.slipway.accounts.Tenants;
import dev.slipway.api.Caller;
import dev.slipway.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tenants of whose members the test decides; nothing else of them is known. */
public final class KnownMembers implements Tenants {
  private final Map<UUID, List<Member>> members = new ConcurrentHashMap<>();

  /** Makes a user a member. */
  public void add(UUID tenantId, UUID userId, String name) {
    members
        .computeIfAbsent(tenantId, any -> new CopyOnWriteArrayList<>())
        .add(new Member(userId, userId + "@example.com", name, Role.USER, Instant.EPOCH));
  }

  @Override
  public int count() {
    return members.size();
  }

  @Override
  public List<TenantSize> list() {
    return List.of();
  }

  @Override
  public Optional<Tenant> find(UUID tenantId) {
    return Optional.empty();
  }

  @Override
  public Tenant require(UUID tenantId) {
    throw AccountsError.TENANT_NOT_FOUND.of();
  }

  @Override
  public int memberCount(UUID tenantId) {
    return members(tenantId).size();
  }

  @Override
  public List<Member> members(UUID tenantId) {
    return members.getOrDefault(tenantId, List.of());
  }

  @Override
  public Optional<Member> owner(UUID tenantId) {
    return members(tenantId).stream().filter(member -> member.role() == Role.OWNER).findFirst();
  }

  @Override
  public Tenant rename(Caller caller, UUID tenantId, String name) {
    return require(tenantId);
  }

  @Override
  public void setActive(Caller caller, UUID tenantId, boolean active) {
    require(tenantId);
  }
}
