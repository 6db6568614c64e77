package dev.slipway.accounts.service;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.User;
import dev.slipway.accounts.store.TenantStore;
import dev.slipway.accounts.store.UserStore;
import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
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
  private static final int SLUG_ATTEMPTS = 10;

  private final Database db;
  private final UserStore users;
  private final TenantStore tenants;
  private final Passwords passwords;
  private final Events events;
  private final TokenIssuer issuer;
  private final PasswordRule passwordRule = new PasswordRule();
  private final Slugs slugs = new Slugs();

  @Activate
  public RegistrationService(
      @Reference Database db,
      @Reference UserStore users,
      @Reference TenantStore tenants,
      @Reference Passwords passwords,
      @Reference Events events,
      @Reference TokenIssuer issuer) {
    this.db = db;
    this.users = users;
    this.tenants = tenants;
    this.passwords = passwords;
    this.events = events;
    this.issuer = issuer;
  }

  /** Signs somebody up and in. */
  public SignedIn register(Registration registration, String remoteAddress) {
    var user = checked(registration);
    // Before the unit of work: hashing takes long, and no connection should wait for it.
    var hash = passwords.hash(registration.password());
    try {
      var opened =
          db.write(
              SCOPE,
              () -> {
                users.insert(user, hash);
                events.publish(
                    new AccountsEvent.UserRegistered(user.id(), user.email(), user.displayName()));
                addTenant(user);
                join(user, registration);
                return issuer.open(user, remoteAddress, user.createdAt());
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

  private void addTenant(User owner) {
    var wanted = slugs.of(owner.displayName());
    var slug = wanted;
    for (var attempt = 0; attempt < SLUG_ATTEMPTS; attempt++) {
      var now = owner.createdAt();
      var tenant = new Tenant(Ids.next(), owner.displayName(), slug, false, true, now, now);
      if (!slugs.reserved(slug) && tenants.insertIfFree(tenant)) {
        tenants.join(tenant.id(), owner.id(), Role.OWNER, now);
        events.publish(
            new AccountsEvent.TenantCreated(
                tenant.id(), tenant.name(), tenant.slug(), false, owner.id()));
        return;
      }
      slug = slugs.withTail(wanted);
    }
    throw new IllegalStateException("no free slug in " + SLUG_ATTEMPTS + " attempts");
  }

  private void join(User user, Registration registration) {
    var token = registration.invitationToken();
    if (token == null) {
      return;
    }
    var now = user.createdAt();
    var accepted =
        tenants
            .accept(SecretToken.hash(token), user.emailKey(), now)
            .orElseThrow(RegistrationService::badInvitation);
    tenants.join(accepted.tenantId(), user.id(), accepted.role(), now);
    events.publish(
        new AccountsEvent.MemberJoined(
            accepted.tenantId(), accepted.tenantName(), user.id(), accepted.role()));
  }

  private static PlatformException badInvitation() {
    return CommonError.INVALID
        .of()
        .withField("invitationToken", "is unknown, expired, used, or meant for another address");
  }
}
