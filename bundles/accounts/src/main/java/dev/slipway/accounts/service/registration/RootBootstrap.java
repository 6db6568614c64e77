package dev.slipway.accounts.service.registration;

import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.EmailAddress;
import dev.slipway.accounts.service.credential.PasswordRule;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.Passwords;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the root tenant and its owner on the first start, from {@code slipway.root.email} and
 * {@code slipway.root.password}. Several nodes may do so at once. Where it fails, the platform is
 * not ready, and each look at its health tries again.
 */
@Component(service = HealthCheck.class, immediate = true)
public final class RootBootstrap implements HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RootBootstrap.class);
  private static final Scope SCOPE = Scope.platform("the root tenant is made before any caller");
  private static final String EMAIL = "slipway.root.email";
  private static final String PASSWORD = "slipway.root.password";

  private final Database db;
  private final UserStore users;
  private final TenantStore tenants;
  private final Passwords passwords;
  private final Events events;
  private final Platform platform;
  private final ReentrantLock running = new ReentrantLock();
  private String reported = "";
  private volatile Health health = new Health(false, "not looked yet");

  @Activate
  public RootBootstrap(
      @Reference Database db,
      @Reference UserStore users,
      @Reference TenantStore tenants,
      @Reference Passwords passwords,
      @Reference Events events,
      @Reference Platform platform) {
    this.db = db;
    this.users = users;
    this.tenants = tenants;
    this.passwords = passwords;
    this.events = events;
    this.platform = platform;
    attempt();
  }

  @Override
  public String name() {
    return "accounts";
  }

  @Override
  public Health check() {
    if (!health.ok()) {
      attempt();
    }
    return health;
  }

  private void attempt() {
    if (!running.tryLock()) {
      return;
    }
    try {
      health = new Health(true, bootstrap());
    } catch (RuntimeException failure) {
      // Whatever it is, the platform must come up far enough to say so.
      // It is said once, not at each look.
      if (!failure.toString().equals(reported)) {
        LOG.error("The root tenant could not be made", failure);
        reported = failure.toString();
      }
      health = new Health(false, "the root tenant could not be made; see the log");
    } finally {
      running.unlock();
    }
  }

  private String bootstrap() {
    if (db.read(SCOPE, tenants::rootOwned)) {
      return "root tenant has an owner";
    }
    var email = platform.setting(EMAIL);
    var password = platform.setting(PASSWORD);
    if (email == null || password == null) {
      return "root tenant has no owner: " + EMAIL + " and " + PASSWORD + " are not set";
    }
    var address =
        EmailAddress.parse(email)
            .orElseThrow(() -> new IllegalStateException(EMAIL + " is not an e-mail address"));
    new PasswordRule()
        .fault(password)
        .ifPresent(fault -> LOG.warn("The password given by {} {}", PASSWORD, fault));
    var owner = RegistrationService.newUser(address, "Root", true, Times.now(), null);
    var hash = passwords.hash(password);
    try {
      return db.write(SCOPE, () -> create(owner, hash)) ? "root tenant made" : "made elsewhere";
    } catch (ConstraintViolation violation) {
      if (violation.constraint().equals(UserStore.EMAIL_UNIQUE)) {
        // Whoever signed up with that address must not become the platform's owner by it.
        throw new IllegalStateException(EMAIL + " belongs to a user already", violation);
      }
      throw violation;
    }
  }

  /** Makes what is missing; false where another node was faster. */
  private boolean create(User owner, String passwordHash) {
    var now = owner.createdAt();
    var fresh = new Tenant(Ids.next(), "Root", "root", true, true, now, now);
    var added = tenants.insertIfFree(fresh);
    var root =
        tenants.lockRoot().orElseThrow(() -> new IllegalStateException("slug root is taken"));
    if (tenants.rootOwned()) {
      return false;
    }
    users.insert(owner, passwordHash);
    tenants.join(root.id(), owner.id(), Role.OWNER, now);
    events.publish(
        new AccountsEvent.UserRegistered(owner.id(), owner.email(), owner.displayName()));
    if (added) {
      events.publish(
          new AccountsEvent.TenantCreated(root.id(), root.name(), root.slug(), true, owner.id()));
    }
    return true;
  }
}
