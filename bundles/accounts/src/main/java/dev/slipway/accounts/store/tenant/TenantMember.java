package dev.slipway.accounts.store.tenant;

import dev.slipway.accounts.Member;
import dev.slipway.api.Role;
import java.time.Instant;
import java.util.UUID;

/** A member and of which tenant. */
public record TenantMember(
    UUID tenantId, UUID userId, String email, String displayName, Role role, Instant joinedAt) {

  /** Without the tenant. */
  public Member member() {
    return new Member(userId, email, displayName, role, joinedAt);
  }
}
