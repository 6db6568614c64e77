package dev.slipway.accounts.service.user;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.Guesses;
import dev.slipway.accounts.store.inbox.MessageRow;
import dev.slipway.accounts.store.inbox.MessageStore;
import dev.slipway.accounts.store.session.SessionRow;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.security.Passwords;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All that is kept of the caller, to take along or to erase. */
@Component(service = OwnAccountService.class)
public final class OwnAccountService {
  private static final Scope SCOPE = Scope.platform("what is kept of a user");

  private final Database db;
  private final Records records;
  private final Passwords passwords;
  private final Guesses guesses;
  private final UserDeletion deletion;

  @Activate
  public OwnAccountService(
      @Reference Database db,
      @Reference Records records,
      @Reference Passwords passwords,
      @Reference Guesses guesses,
      @Reference UserDeletion deletion) {
    this.db = db;
    this.records = records;
    this.passwords = passwords;
    this.guesses = guesses;
    this.deletion = deletion;
  }

  /** What is kept of a user, without hashes and other secrets. */
  public record Export(
      User user, List<Seat> seats, List<SessionRow> logins, List<MessageRow> messages) {
    public Export {
      seats = List.copyOf(seats);
      logins = List.copyOf(logins);
      messages = List.copyOf(messages);
    }
  }

  /** All of it; in a writing unit of work, because it is audited. */
  public Export export(Caller caller) {
    var userId = caller.requireUser();
    return db.write(SCOPE, () -> records.export(userId));
  }

  /**
   * Erases the caller. Refused while the caller owns a tenant with other members; tenants without
   * any go too.
   *
   * @param password required where the caller has one
   */
  public void delete(Caller caller, @Nullable String password) {
    var userId = caller.requireUser();
    var hash = db.read(SCOPE, () -> records.users.passwordHash(userId)).orElse(null);
    if (hash != null) {
      if (password == null) {
        throw CommonError.INVALID.of().withField("password", "is required");
      }
      var user =
          db.read(SCOPE, () -> records.users.find(userId))
              .orElseThrow(CommonError.UNAUTHENTICATED::of);
      guesses.guarded(
          user.emailKey(),
          AccountsError.CURRENT_PASSWORD_WRONG,
          () -> {
            if (!passwords.verify(password, hash)) {
              throw AccountsError.CURRENT_PASSWORD_WRONG.of();
            }
          });
    }
    db.run(
        SCOPE,
        () ->
            deletion.deleteOwn(
                records.users.lock(userId).orElseThrow(CommonError.UNAUTHENTICATED::of)));
  }

  /** Where it is kept. */
  @Component(service = Records.class)
  public static final class Records {
    private final UserStore users;
    private final TenantStore tenants;
    private final SessionStore sessions;
    private final MessageStore messages;

    @Activate
    public Records(
        @Reference UserStore users,
        @Reference TenantStore tenants,
        @Reference SessionStore sessions,
        @Reference MessageStore messages) {
      this.users = users;
      this.tenants = tenants;
      this.sessions = sessions;
      this.messages = messages;
    }

    private Export export(UUID userId) {
      return new Export(
          users.find(userId).orElseThrow(CommonError.UNAUTHENTICATED::of),
          tenants.seats(userId),
          sessions.open(userId, Times.now()),
          messages.ofUser(userId));
    }
  }
}
