package dev.slipway.accounts.service.member;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.SeatLimit;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.store.tenant.MembershipRow;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Role;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.PrincipalCache;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Changes of a tenant's members; all in a unit of work. Each holds the tenant's lock, so that
 * limits and the one owner hold however many come at once.
 */
@Component(service = Seats.class)
public final class Seats {
  private final TenantStore tenants;
  private final UserStore users;
  private final Events events;
  private final PrincipalCache cache;
  private final AtomicReference<@Nullable SeatLimit> limit = new AtomicReference<>();

  @Activate
  public Seats(
      @Reference TenantStore tenants,
      @Reference UserStore users,
      @Reference Events events,
      @Reference PrincipalCache cache) {
    this.tenants = tenants;
    this.users = users;
    this.events = events;
    this.cache = cache;
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void bindLimit(SeatLimit arrived) {
    limit.set(arrived);
  }

  public void unbindLimit(SeatLimit left) {
    limit.compareAndSet(left, null);
  }

  /** A tenant, locked. */
  public Tenant lock(UUID tenantId) {
    return tenants.lock(tenantId).orElseThrow(AccountsError.TENANT_NOT_FOUND::of);
  }

  /** Refuses where members and open invitations would be more than the plan allows. */
  void requireRoomToInvite(UUID tenantId, Instant now) {
    requireAtMost(
        tenantId, () -> tenants.memberCount(tenantId) + tenants.openInvitations(tenantId, now) + 1);
  }

  private void requireAtMost(UUID tenantId, java.util.function.IntSupplier wanted) {
    var known = limit.get();
    var most = known == null ? 0 : known.seats(tenantId);
    if (most > 0 && wanted.getAsInt() > most) {
      throw AccountsError.USER_LIMIT_REACHED.of(most).withMember("userLimit", most);
    }
  }

  /** Takes an invitation up, once. Refuses with what is given where it leads nowhere. */
  public void accept(String token, User user, Instant now, RuntimeException otherwise) {
    var hash = SecretToken.hash(token);
    var tenantId = tenants.invitingTenant(hash).orElseThrow(() -> otherwise);
    tenants.lock(tenantId).orElseThrow(() -> otherwise);
    var accepted = tenants.accept(hash, user.emailKey(), now).orElseThrow(() -> otherwise);
    if (tenants.seat(tenantId, user.id()).isPresent()) {
      return;
    }
    // The invitation counted as a seat until now; the plan may have become smaller meanwhile.
    requireAtMost(tenantId, () -> tenants.memberCount(tenantId) + 1);
    tenants.join(tenantId, user.id(), accepted.role(), now);
    CurrentOperation.about(tenantId);
    CurrentOperation.detail("after", Map.of("role", accepted.role()));
    cache.forget(user.id());
    events.publish(
        new AccountsEvent.MemberJoined(
            tenantId, accepted.tenantName(), user.id(), accepted.role()));
  }

  /** The seat of a member. */
  public MembershipRow seat(UUID tenantId, UUID userId) {
    return tenants.seat(tenantId, userId).orElseThrow(AccountsError.MEMBER_NOT_FOUND::of);
  }

  /**
   * The caller's role under the tenant's lock; what the request came with may be out of date, but
   * for a key, which has no seat.
   */
  Role roleNow(Caller caller) {
    var userId = caller.userId();
    var membership = Objects.requireNonNull(caller.membership());
    return userId == null || caller.apiKeyId() != null
        ? membership.role()
        : tenants
            .seat(caller.tenantId(), userId)
            .map(MembershipRow::role)
            .orElseThrow(() -> CommonError.FORBIDDEN.of("a seat in the tenant is required"));
  }

  /** Gives a member who is not the owner another role. */
  public void setRole(Tenant tenant, MembershipRow seat, Role role) {
    if (seat.role() == role) {
      return;
    }
    tenants.setRole(seat.id(), role);
    cache.forget(seat.userId());
    events.publish(
        new AccountsEvent.MemberRoleChanged(
            tenant.id(), tenant.name(), seat.userId(), seat.role(), role));
  }

  /** Makes a member the owner; the one before, where there is one, becomes an admin. */
  public void transfer(Tenant tenant, UUID heir) {
    var owner = tenants.owner(tenant.id()).orElse(null);
    if (owner != null && owner.userId().equals(heir)) {
      return;
    }
    // Whoever erases the heir meanwhile takes the seat along, or sees what the heir owns now. As
    // everywhere here, the user is locked after the tenant.
    users.lock(heir).orElseThrow(AccountsError.MEMBER_NOT_FOUND::of);
    var to = seat(tenant.id(), heir);
    if (owner == null) {
      setRole(tenant, to, Role.OWNER);
      return;
    }
    var from = seat(tenant.id(), owner.userId());
    // In this order: there is never a second owner.
    tenants.setRole(from.id(), Role.ADMIN);
    tenants.setRole(to.id(), Role.OWNER);
    cache.forget(from.userId());
    cache.forget(to.userId());
    events.publish(
        new AccountsEvent.OwnershipTransferred(
            tenant.id(), tenant.name(), from.userId(), to.userId()));
  }

  /** Takes a member out. */
  public void remove(Tenant tenant, MembershipRow seat, UUID by) {
    tenants.leave(seat.id());
    cache.forget(seat.userId());
    events.publish(new AccountsEvent.MemberRemoved(tenant.id(), tenant.name(), seat.userId(), by));
  }
}
