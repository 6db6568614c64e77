package dev.slipway.accounts.service.registration;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.DisplayName;
import dev.slipway.accounts.service.EmailAddress;
import dev.slipway.accounts.service.Origin;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.service.credential.PasswordRule;
import dev.slipway.accounts.service.member.Seats;
import dev.slipway.accounts.service.session.TokenIssuer;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.security.Passwords;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-up: a user, a tenant of the user's own, and the first login, all or nothing. */
@Component(service = RegistrationService.class)
public final class RegistrationService {
  private static final Scope SCOPE = Scope.platform("sign-up: no tenant exists yet");

  private final Database db;
  private final NewAccounts accounts;
  private final Seats seats;
  private final Passwords passwords;
  private final TokenIssuer issuer;
  private final PasswordRule passwordRule = new PasswordRule();

  @Activate
  public RegistrationService(
      @Reference Database db,
      @Reference NewAccounts accounts,
      @Reference Seats seats,
      @Reference Passwords passwords,
      @Reference TokenIssuer issuer) {
    this.db = db;
    this.accounts = accounts;
    this.seats = seats;
    this.passwords = passwords;
    this.issuer = issuer;
  }

  /** Signs somebody up and in. */
  public SignedIn register(Registration registration, Origin origin) {
    var user = checked(registration);
    // Before the unit of work: hashing takes long, and no connection should wait for it.
    var hash = passwords.hash(registration.password());
    try {
      var opened =
          db.write(
              SCOPE,
              () -> {
                accounts.create(user, hash);
                join(user, registration);
                return issuer.open(user, origin, user.createdAt());
              });
      return issuer.answer(opened);
    } catch (ConstraintViolation violation) {
      if (violation.constraint().equals(UserStore.EMAIL_UNIQUE)) {
        throw AccountsError.REGISTRATION_REFUSED.of();
      }
      throw violation;
    }
  }

  private User checked(Registration registration) {
    var faults = new ArrayList<FieldError>();
    var email = EmailAddress.parse(registration.email());
    if (email.isEmpty()) {
      faults.add(new FieldError("email", "must be an e-mail address"));
    }
    passwordRule
        .fault(registration.password())
        .ifPresent(fault -> faults.add(new FieldError("password", fault)));
    var name = DisplayName.parse(registration.displayName());
    if (name.isEmpty()) {
      faults.add(
          new FieldError("displayName", "must have 1 to 200 characters and no control characters"));
    }
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(faults);
    }
    var now = Times.now();
    return newUser(email.orElseThrow(), name.orElseThrow(), false, now, now);
  }

  static User newUser(
      EmailAddress email,
      String name,
      boolean emailVerified,
      Instant now,
      @Nullable Instant lastLogin) {
    return new User(
        Ids.next(),
        email.display(),
        email.key(),
        name,
        emailVerified,
        true,
        List.of("password"),
        now,
        now,
        lastLogin);
  }

  private void join(User user, Registration registration) {
    var token = registration.invitationToken();
    if (token != null) {
      seats.accept(token, user, user.createdAt(), badInvitation());
    }
  }

  private static PlatformException badInvitation() {
    return CommonError.INVALID
        .of()
        .withField("invitationToken", "is unknown, expired, used, or meant for another address");
  }
}
