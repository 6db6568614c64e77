package dev.slipway.accounts.service.user;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.DeletionPreview;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.accounts.UserSeats;
import dev.slipway.accounts.Users;
import dev.slipway.accounts.service.member.Seats;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Users as the platform's operators see and change them. */
@Component(service = Users.class)
public final class UserService implements Users {
  private static final Scope SCOPE = Scope.platform("all users, for those who run the platform");

  private final Database db;
  private final UserStore users;
  private final TenantStore tenants;
  private final Seats seats;
  private final UserEdits edits;
  private final UserDeletion deletion;

  @Activate
  public UserService(
      @Reference Database db,
      @Reference UserStore users,
      @Reference TenantStore tenants,
      @Reference Seats seats,
      @Reference UserEdits edits,
      @Reference UserDeletion deletion) {
    this.db = db;
    this.users = users;
    this.tenants = tenants;
    this.seats = seats;
    this.edits = edits;
    this.deletion = deletion;
  }

  /** What the audit keeps of a user. */
  private record Audited(UUID id, String email, String displayName, boolean active) {
    static Audited of(User user) {
      return new Audited(user.id(), user.email(), user.displayName(), user.active());
    }
  }

  @Override
  public int count() {
    return db.read(SCOPE, users::count);
  }

  @Override
  public int activeSince(Instant since) {
    return db.read(SCOPE, () -> users.activeSince(since));
  }

  @Override
  public List<UserSeats> list() {
    return db.read(
        SCOPE,
        () -> {
          var counts = tenants.seatCounts();
          return users.list(MAX_LIST).stream()
              .map(user -> new UserSeats(user, counts.getOrDefault(user.id(), 0)))
              .toList();
        });
  }

  @Override
  public Optional<User> find(UUID userId) {
    return db.read(SCOPE, () -> users.find(userId));
  }

  @Override
  public User require(UUID userId) {
    return find(userId).orElseThrow(AccountsError.USER_NOT_FOUND::of);
  }

  @Override
  public List<Seat> seats(UUID userId) {
    return db.read(SCOPE, () -> tenants.seats(userId));
  }

  @Override
  public User edit(
      Caller caller, UUID userId, @Nullable String email, @Nullable String displayName) {
    try {
      return db.write(
          SCOPE,
          () -> {
            var user = lock(userId);
            if (ownsRoot(userId) && !userId.equals(caller.userId())) {
              throw AccountsError.ROOT_OWNER_PROTECTED.of();
            }
            var edited = edits.edit(user, email, displayName);
            CurrentOperation.detail("before", Audited.of(user));
            CurrentOperation.detail("after", Audited.of(edited));
            return edited;
          });
    } catch (ConstraintViolation violation) {
      throw UserEdits.meaning(violation);
    }
  }

  @Override
  public void setActive(Caller caller, UUID userId, boolean active) {
    db.run(
        SCOPE,
        () -> {
          var user = lock(userId);
          if (ownsRoot(userId)) {
            throw AccountsError.ROOT_OWNER_PROTECTED.of();
          }
          CurrentOperation.detail("before", Audited.of(user));
          CurrentOperation.detail("after", active);
          edits.setActive(user, active);
        });
  }

  @Override
  public void setRole(Caller caller, UUID userId, UUID tenantId, Role role) {
    db.run(
        SCOPE,
        () -> {
          var tenant = seats.lock(tenantId);
          var seat = seats.seat(tenantId, userId);
          CurrentOperation.detail("before", seat.role());
          CurrentOperation.detail("after", role);
          if (tenant.root() && (role == Role.OWNER || seat.role() == Role.OWNER)) {
            throw AccountsError.ROOT_OWNERSHIP_FIXED.of();
          }
          CurrentOperation.about(tenantId);
          CurrentOperation.detail("user_id", userId);
          CurrentOperation.detail("before", Map.of("role", seat.role()));
          CurrentOperation.detail("after", Map.of("role", role));
          if (role == Role.OWNER) {
            seats.transfer(tenant, userId);
          } else if (seat.role() == Role.OWNER) {
            throw AccountsError.OWNER_REQUIRED.of();
          } else {
            seats.setRole(tenant, seat, role);
          }
        });
  }

  @Override
  public DeletionPreview previewDeletion(Caller caller, UUID userId) {
    var by = caller.requireUser();
    return db.read(
        SCOPE,
        () ->
            deletion.preview(by, users.find(userId).orElseThrow(AccountsError.USER_NOT_FOUND::of)));
  }

  @Override
  public void delete(
      Caller caller,
      UUID userId,
      Map<UUID, UUID> replacementOwners,
      Set<UUID> confirmTenantDeletions) {
    var by = caller.requireUser();
    db.run(
        SCOPE,
        () -> {
          var user = lock(userId);
          if (userId.equals(by)) {
            throw AccountsError.OWN_ACCOUNT.of();
          }
          CurrentOperation.detail("user_id", userId);
          CurrentOperation.detail("before", Audited.of(user));
          CurrentOperation.detail("new_owners", replacementOwners);
          CurrentOperation.detail("deleted_tenants", confirmTenantDeletions);
          deletion.delete(by, user, replacementOwners, confirmTenantDeletions);
        });
  }

  private User lock(UUID userId) {
    return users.lock(userId).orElseThrow(AccountsError.USER_NOT_FOUND::of);
  }

  private boolean ownsRoot(UUID userId) {
    return tenants.seats(userId).stream()
        .anyMatch(seat -> seat.root() && seat.role() == Role.OWNER);
  }
}
