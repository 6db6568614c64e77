package dev.slipway.accounts.store;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.Tenant;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants, seats and invitations as rows. */
@Component(service = TenantStore.class)
public final class TenantStore {
  /** The contract gives these lists no pages, so they end here. */
  private static final int MAX_LIST = 1000;

  private final TenantMapper tenants;
  private final MembershipMapper memberships;
  private final InvitationMapper invitations;

  @Activate
  public TenantStore(@Reference Database database) {
    tenants = database.mapper(TenantMapper.class);
    memberships = database.mapper(MembershipMapper.class);
    invitations = database.mapper(InvitationMapper.class);
  }

  /** Adds a tenant; false where its slug is taken, or where it would be a second root. */
  public boolean insertIfFree(Tenant tenant) {
    return tenants.insertIfFree(tenant) == 1;
  }

  /** The root tenant, locked until the unit of work ends. */
  public Optional<Tenant> lockRoot() {
    return Optional.ofNullable(tenants.lockRoot());
  }

  public boolean rootOwned() {
    return tenants.rootOwned();
  }

  public void join(UUID tenantId, UUID userId, Role role, Instant now) {
    memberships.insert(new MembershipRow(Ids.next(), tenantId, userId, role, now));
  }

  public List<Seat> seats(UUID userId) {
    return memberships.seats(userId, MAX_LIST);
  }

  public List<Member> members(UUID tenantId) {
    return memberships.members(tenantId, MAX_LIST);
  }

  /** Takes a pending invitation to this address up; empty where there is none. */
  public Optional<AcceptedInvitation> accept(String tokenHash, String emailKey, Instant now) {
    return Optional.ofNullable(invitations.accept(tokenHash, emailKey, now));
  }
}
