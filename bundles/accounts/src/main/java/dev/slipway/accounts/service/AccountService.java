package dev.slipway.accounts.service;

import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What accounts show of themselves. */
@Component(service = AccountService.class)
public final class AccountService {
  private static final Scope SCOPE = Scope.platform("accounts are kept for all tenants together");

  private final Database db;
  private final UserStore users;
  private final TenantStore tenants;

  @Activate
  public AccountService(
      @Reference Database db, @Reference UserStore users, @Reference TenantStore tenants) {
    this.db = db;
    this.users = users;
    this.tenants = tenants;
  }

  /** The signed-in user. */
  public Profile me(Caller caller) {
    var userId = caller.requireUser();
    return db.read(
        SCOPE,
        () ->
            new Profile(
                users.find(userId).orElseThrow(CommonError.UNAUTHENTICATED::of),
                tenants.seats(userId)));
  }

  /** A user and all seats. */
  public record Profile(User user, List<Seat> seats) {
    public Profile {
      seats = List.copyOf(seats);
    }
  }

  /** Whether the root tenant has an owner. */
  public boolean initialized() {
    return db.read(SCOPE, tenants::rootOwned);
  }
}
