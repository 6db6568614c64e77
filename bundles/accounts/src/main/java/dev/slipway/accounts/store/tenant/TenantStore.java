package dev.slipway.accounts.store.tenant;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.Tenant;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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

  /** The members of several tenants other than this user, by tenant. */
  public Map<UUID, List<Member>> others(Collection<UUID> tenantIds, UUID userId) {
    return memberships.others(tenantIds.toArray(UUID[]::new), userId, MAX_LIST).stream()
        .collect(
            Collectors.groupingBy(
                TenantMember::tenantId,
                Collectors.mapping(TenantMember::member, Collectors.toList())));
  }

  public Optional<Tenant> find(UUID id) {
    return Optional.ofNullable(tenants.find(id));
  }

  /** A tenant, locked: whoever changes its members holds this lock. */
  public Optional<Tenant> lock(UUID id) {
    return Optional.ofNullable(tenants.lock(id));
  }

  public void update(Tenant tenant) {
    tenants.update(tenant);
  }

  /** Removes a tenant with its seats, invitations and keys. */
  public void delete(UUID id) {
    tenants.delete(id);
  }

  public int count() {
    return tenants.count();
  }

  public List<Tenant> list(int limit) {
    return tenants.list(limit);
  }

  public List<Tenant> owned(UUID userId) {
    return tenants.owned(userId);
  }

  /** The tenants that a user owns, locked. */
  public List<Tenant> lockOwned(UUID userId) {
    return tenants.lockOwned(userId);
  }

  public Optional<MembershipRow> seat(UUID tenantId, UUID userId) {
    return Optional.ofNullable(memberships.seat(tenantId, userId));
  }

  public Optional<Member> owner(UUID tenantId) {
    return Optional.ofNullable(memberships.owner(tenantId));
  }

  public boolean hasAddress(UUID tenantId, String emailKey) {
    return memberships.hasAddress(tenantId, emailKey);
  }

  public void setRole(UUID seatId, Role role) {
    memberships.setRole(seatId, role);
  }

  public void leave(UUID seatId) {
    memberships.delete(seatId);
  }

  public int memberCount(UUID tenantId) {
    return memberships.count(tenantId);
  }

  /** How many members each tenant has. */
  public Map<UUID, Integer> memberCounts() {
    return counts(memberships.countByTenant());
  }

  /** How many seats each user has. */
  public Map<UUID, Integer> seatCounts() {
    return counts(memberships.countByUser());
  }

  private static Map<UUID, Integer> counts(List<Count> counts) {
    return counts.stream().collect(Collectors.toMap(Count::id, Count::count));
  }

  public void insert(InvitationRow invitation) {
    invitations.deleteExpired(invitation.tenantId(), invitation.createdAt());
    invitations.insert(invitation);
  }

  public boolean invited(UUID tenantId, String emailKey, Instant now) {
    return invitations.open(tenantId, emailKey, now);
  }

  public int openInvitations(UUID tenantId, Instant now) {
    return invitations.countOpen(tenantId, now);
  }

  /** The tenant that an invitation leads to, whatever became of it. */
  public Optional<UUID> invitingTenant(String tokenHash) {
    return Optional.ofNullable(invitations.tenant(tokenHash));
  }

  /** Takes a pending invitation to this address up; empty where there is none. */
  public Optional<AcceptedInvitation> accept(String tokenHash, String emailKey, Instant now) {
    return Optional.ofNullable(invitations.accept(tokenHash, emailKey, now));
  }
}
