package dev.slipway.accounts.service.member;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.service.inbox.Notices;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The members of the caller's tenant. */
@Component(service = MemberService.class)
public final class MemberService {
  private static final Scope SCOPE = Scope.platform("accounts are kept for all tenants together");

  private final Database db;
  private final TenantStore tenants;
  private final Seats seats;
  private final Notices notices;

  @Activate
  public MemberService(
      @Reference Database db,
      @Reference TenantStore tenants,
      @Reference Seats seats,
      @Reference Notices notices) {
    this.db = db;
    this.tenants = tenants;
    this.seats = seats;
    this.notices = notices;
  }

  /** The members, the first 1000. */
  public List<Member> list(Caller caller) {
    var tenantId = caller.tenantId();
    return db.read(SCOPE, () -> tenants.members(tenantId));
  }

  /** Takes a member out. Admins are taken out by the owner alone, the owner by nobody. */
  public void remove(Caller caller, UUID userId) {
    caller.require(Role.ADMIN);
    var tenantId = caller.tenantId();
    var by = caller.apiKeyId() == null ? caller.requireUser() : caller.apiKeyId();
    if (userId.equals(by)) {
      throw AccountsError.OWN_SEAT.of();
    }
    db.run(
        SCOPE,
        () -> {
          var tenant = seats.lock(tenantId);
          var role = seats.roleNow(caller);
          if (!role.includes(Role.ADMIN)) {
            throw CommonError.FORBIDDEN.of("role admin is required");
          }
          var seat = seats.seat(tenantId, userId);
          if (seat.role() == Role.OWNER) {
            throw AccountsError.OWNER_PROTECTED.of();
          }
          if (seat.role() == Role.ADMIN && role != Role.OWNER) {
            throw AccountsError.ADMINS_BY_OWNER.of();
          }
          CurrentOperation.detail("user_id", userId);
          CurrentOperation.detail("before", Map.of("role", seat.role()));
          seats.remove(tenant, seat, by);
          notices.removed(userId, tenant);
        });
  }

  /** Makes a member an admin or a user. */
  public void setRole(Caller caller, UUID userId, Role role) {
    var self = owner(caller);
    if (role == Role.OWNER) {
      throw CommonError.INVALID
          .of()
          .withField("role", "must be admin or user; ownership is transferred instead");
    }
    if (userId.equals(self)) {
      throw AccountsError.OWN_SEAT.of();
    }
    db.run(
        SCOPE,
        () -> {
          var tenant = seats.lock(caller.tenantId());
          requireStillOwner(tenant.id(), self);
          var seat = seats.seat(tenant.id(), userId);
          CurrentOperation.detail("user_id", userId);
          CurrentOperation.detail("before", Map.of("role", seat.role()));
          CurrentOperation.detail("after", Map.of("role", role));
          seats.setRole(tenant, seat, role);
        });
  }

  /** Hands the tenant to another member; the caller becomes an admin. */
  public void transfer(Caller caller, UUID userId) {
    var self = owner(caller);
    if (userId.equals(self)) {
      throw AccountsError.OWN_SEAT.of();
    }
    db.run(
        SCOPE,
        () -> {
          var tenant = seats.lock(caller.tenantId());
          requireStillOwner(tenant.id(), self);
          seats.transfer(tenant, userId);
          CurrentOperation.detail("before", Map.of("owner", self));
          CurrentOperation.detail("after", Map.of("owner", userId));
          notices.ownershipReceived(userId, tenant);
        });
  }

  private static UUID owner(Caller caller) {
    caller.require(Role.OWNER);
    return caller.requireUser();
  }

  /** Of two transfers at once the second comes from somebody who owns nothing any more. */
  private void requireStillOwner(UUID tenantId, UUID userId) {
    if (seats.seat(tenantId, userId).role() != Role.OWNER) {
      throw CommonError.FORBIDDEN.of("role owner is required");
    }
  }
}
