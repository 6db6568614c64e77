package dev.slipway.accounts.service.user;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.DeletionPreview;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.member.Seats;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.PrincipalCache;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Erases users; in a unit of work. */
@Component(service = UserDeletion.class)
public final class UserDeletion {
  private final UserStore users;
  private final TenantStore tenants;
  private final Seats seats;
  private final Events events;
  private final PrincipalCache cache;

  @Activate
  public UserDeletion(
      @Reference UserStore users,
      @Reference TenantStore tenants,
      @Reference Seats seats,
      @Reference Events events,
      @Reference PrincipalCache cache) {
    this.users = users;
    this.tenants = tenants;
    this.seats = seats;
    this.events = events;
    this.cache = cache;
  }

  /** What stands against it. */
  DeletionPreview preview(UUID by, User user) {
    var owned = tenants.owned(user.id());
    var others = tenants.others(owned.stream().map(Tenant::id).toList(), user.id());
    var ownerships =
        owned.stream()
            .map(
                tenant ->
                    new DeletionPreview.Ownership(
                        tenant.id(),
                        tenant.name(),
                        tenant.root(),
                        others.getOrDefault(tenant.id(), List.of())))
            .toList();
    if (owned.stream().anyMatch(Tenant::root)) {
      return new DeletionPreview(false, AccountsError.ROOT_OWNER_PROTECTED.message(), ownerships);
    }
    return by.equals(user.id())
        ? new DeletionPreview(false, AccountsError.OWN_ACCOUNT.message(), ownerships)
        : new DeletionPreview(true, null, ownerships);
  }

  /** Settles every ownership as said, then erases the user. */
  void delete(UUID by, User user, Map<UUID, UUID> replacements, Set<UUID> confirmed) {
    var owned = lockOwned(user);
    if (owned.stream().anyMatch(Tenant::root)) {
      throw AccountsError.ROOT_OWNER_PROTECTED.of();
    }
    for (var tenant : owned) {
      var heir = replacements.get(tenant.id());
      if (heir != null) {
        hand(tenant, user, heir);
      } else if (confirmed.contains(tenant.id())) {
        delete(tenant);
      } else {
        throw AccountsError.OWNERSHIP_UNSETTLED.at("replacementOwners");
      }
    }
    erase(by, user);
  }

  /**
   * A user's own wish: tenants without other members go too, one with others must be handed on
   * before.
   */
  void deleteOwn(User user) {
    var owned = lockOwned(user);
    if (owned.stream().anyMatch(Tenant::root)) {
      throw AccountsError.ROOT_OWNER_PROTECTED.of();
    }
    var others = tenants.others(owned.stream().map(Tenant::id).toList(), user.id());
    if (!others.isEmpty()) {
      throw AccountsError.OWNER_OF_OTHERS.of();
    }
    owned.forEach(this::delete);
    erase(user.id(), user);
  }

  /**
   * Takes a user who stays out of the tenants owned until now that have other members: each goes to
   * the first admin among them, or else to the first of all. The root tenant stays.
   *
   * @return whether no tenant is left
   */
  public boolean handOn(User user) {
    var owned = lockOwned(user).stream().filter(tenant -> !tenant.root()).toList();
    var others = tenants.others(owned.stream().map(Tenant::id).toList(), user.id());
    for (var tenant : owned) {
      others.getOrDefault(tenant.id(), List.of()).stream()
          .min(Comparator.comparing(Member::role).reversed())
          .ifPresent(
              heir -> {
                hand(tenant, user, heir.userId());
                seats.remove(tenant, seats.seat(tenant.id(), user.id()), user.id());
              });
    }
    return tenants.owned(user.id()).isEmpty();
  }

  /** Read again under the locks: what was handed on while they were waited for is another's. */
  private List<Tenant> lockOwned(User user) {
    tenants.lockOwned(user.id());
    return tenants.owned(user.id());
  }

  private void hand(Tenant tenant, User from, UUID heir) {
    if (heir.equals(from.id()) || tenants.seat(tenant.id(), heir).isEmpty()) {
      throw AccountsError.OWNERSHIP_UNSETTLED.at("replacementOwners");
    }
    seats.transfer(tenant, heir);
  }

  private void delete(Tenant tenant) {
    tenants.delete(tenant.id());
    cache.forget(tenant.id());
    events.publish(new AccountsEvent.TenantDeleted(tenant.id(), tenant.name(), "owner_deleted"));
  }

  private void erase(UUID by, User user) {
    for (var seat : tenants.seats(user.id())) {
      events.publish(
          new AccountsEvent.MemberRemoved(seat.tenantId(), seat.tenantName(), user.id(), by));
    }
    users.delete(user.id());
    cache.forget(user.id());
    events.publish(new AccountsEvent.UserDeleted(user.id(), user.email()));
  }
}
