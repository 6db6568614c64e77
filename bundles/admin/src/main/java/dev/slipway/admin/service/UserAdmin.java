package dev.slipway.admin.service;

import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.accounts.Users;
import dev.slipway.api.Scope;
import dev.slipway.billing.BillingAccounts;
import dev.slipway.billing.BillingState;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Users with the tenants they sit in. */
@Component(service = UserAdmin.class)
public final class UserAdmin {
  private static final Scope SCOPE = Scope.platform("operators administer all users");

  private final Database database;
  private final Users users;
  private final BillingAccounts billing;

  @Activate
  public UserAdmin(
      @Reference Database database, @Reference Users users, @Reference BillingAccounts billing) {
    this.database = database;
    this.users = users;
    this.billing = billing;
  }

  /** A user with all seats, and the billing of their tenants. */
  public record Detail(User user, List<Seat> seats, Map<UUID, BillingState> billing) {}

  /** One user. */
  public Detail get(UUID userId) {
    return database.read(
        SCOPE,
        () -> {
          var user = users.require(userId);
          var seats = users.seats(userId);
          return new Detail(
              user, seats, billing.states(seats.stream().map(Seat::tenantId).toList()));
        });
  }
}
