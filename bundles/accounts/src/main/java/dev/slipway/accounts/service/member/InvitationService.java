package dev.slipway.accounts.service.member;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.service.EmailAddress;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.service.inbox.Notices;
import dev.slipway.accounts.store.tenant.InvitationRow;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Invitations into a tenant, and their acceptance. */
@Component(service = InvitationService.class)
public final class InvitationService {
  private static final Scope SCOPE = Scope.platform("invitations lead from tenant to tenant");
  static final Duration LIFETIME = Duration.ofDays(7);

  private final Database db;
  private final UserStore users;
  private final TenantStore tenants;
  private final Seats seats;
  private final Notices notices;
  private final Events events;

  @Activate
  public InvitationService(
      @Reference Database db,
      @Reference UserStore users,
      @Reference TenantStore tenants,
      @Reference Seats seats,
      @Reference Notices notices,
      @Reference Events events) {
    this.db = db;
    this.users = users;
    this.tenants = tenants;
    this.seats = seats;
    this.notices = notices;
    this.events = events;
  }

  /** Mails an invitation into the caller's tenant. Only its owner may invite admins. */
  public void invite(Caller caller, String email, Role role) {
    caller.require(Role.ADMIN);
    var tenantId = caller.tenantId();
    var hostId = caller.requireUser();
    var address =
        EmailAddress.parse(email)
            .orElseThrow(
                () -> CommonError.INVALID.of().withField("email", "must be an e-mail address"));
    if (role == Role.OWNER) {
      throw CommonError.INVALID.of().withField("role", "must be user or admin");
    }
    if (role == Role.ADMIN && !caller.has(Role.OWNER)) {
      throw AccountsError.ADMINS_BY_OWNER.of();
    }
    db.run(
        SCOPE,
        () -> {
          var tenant = seats.lock(tenantId);
          requireMayInvite(seats.roleNow(caller), role);
          invite(tenant, hostId, address, role, Times.now());
        });
  }

  private static void requireMayInvite(Role host, Role role) {
    if (!host.includes(Role.ADMIN)) {
      throw CommonError.FORBIDDEN.of("role admin is required");
    }
    if (role == Role.ADMIN && host != Role.OWNER) {
      throw AccountsError.ADMINS_BY_OWNER.of();
    }
  }

  private void invite(Tenant tenant, UUID hostId, EmailAddress address, Role role, Instant now) {
    var tenantId = tenant.id();
    if (tenants.hasAddress(tenantId, address.key())
        || tenants.invited(tenantId, address.key(), now)) {
      throw AccountsError.ALREADY_MEMBER.of();
    }
    seats.requireRoomToInvite(tenantId, now);
    var host = users.find(hostId).orElseThrow(CommonError.UNAUTHENTICATED::of);
    var secret = SecretToken.create("");
    var invitation =
        new InvitationRow(
            Ids.next(),
            tenantId,
            address.display(),
            address.key(),
            role,
            secret.hash(),
            InvitationRow.Status.PENDING,
            hostId,
            now.plus(LIFETIME),
            now);
    tenants.insert(invitation);
    CurrentOperation.detail("after", Map.of("email", address.display(), "role", role));
    var invitee = users.byEmail(address.key()).orElse(null);
    notices.invited(address.display(), invitee, tenant, host, secret.raw());
    events.publish(
        new AccountsEvent.MemberInvited(
            tenantId, tenant.name(), invitation.id(), address.display(), role, hostId));
  }

  /** Joins the caller to the tenant of an invitation, and returns all seats. */
  public List<Seat> accept(Caller caller, String token) {
    var userId = caller.requireUser();
    return db.write(
        SCOPE,
        () -> {
          var user = users.find(userId).orElseThrow(CommonError.UNAUTHENTICATED::of);
          seats.accept(token, user, Times.now(), AccountsError.TOKEN_INVALID.at("token"));
          return tenants.seats(userId);
        });
  }
}
