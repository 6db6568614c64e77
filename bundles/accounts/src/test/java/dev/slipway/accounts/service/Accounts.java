package dev.slipway.accounts.service;

import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.service.apikey.ApiKeyService;
import dev.slipway.accounts.service.member.MemberService;
import dev.slipway.accounts.service.registration.Registration;
import dev.slipway.accounts.service.registration.RegistrationService;
import dev.slipway.accounts.service.registration.RootBootstrap;
import dev.slipway.accounts.service.session.LoginService;
import dev.slipway.accounts.service.session.SessionService;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.Membership;
import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.mail.Mail;
import dev.slipway.api.mail.MailMessage;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.AccessTokens;
import dev.slipway.api.security.Passwords;
import dev.slipway.api.security.Principal;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.api.security.Secrets;
import dev.slipway.store.Store;
import dev.slipway.testkit.Postgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The feature on a real PostgreSQL, with a clock to move and passwords that cost nothing. */
public final class Accounts implements AutoCloseable {
  public static final String PASSWORD = "Tr0ub4dor&9";
  public static final Origin ORIGIN = new Origin("192.0.2.1", "browser");
  public static final Scope PLATFORM = Scope.platform("test");

  private final Store store;
  public final Work db;
  public final PlainPasswords passwords = new PlainPasswords();
  public final Published events = new Published();
  public final Forgotten forgotten = new Forgotten();
  public final Mails mails = new Mails();
  public final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  public final UserStore users;
  public final TenantStore tenants;
  public final RegistrationService registrations;
  public final LoginService logins;
  public final SessionService sessions;
  public final AccountService accounts;
  public final MemberService members;
  public final Wiring all;
  public final Principals principals;
  public final ApiKeyService apiKeys;

  private Accounts(Store store) {
    this.store = store;
    db = new Work(store.database("accounts", Accounts.class.getClassLoader()));
    var parts =
        new Wiring.Parts(
            db,
            passwords,
            events,
            new ReadableTokens(),
            forgotten,
            new OpenSecrets(),
            mails,
            new Settings(Map.of()),
            new Silence());
    var wiring = new Wiring(parts, this::now);
    users = wiring.users;
    tenants = wiring.tenants;
    registrations = wiring.registrations;
    logins = wiring.logins;
    sessions = wiring.sessions;
    accounts = wiring.accounts;
    members = wiring.members;
    principals = wiring.principals;
    apiKeys = wiring.apiKeys;
    all = wiring;
  }

  public static Accounts open() {
    return new Accounts(Postgres.freshStore());
  }

  @Override
  public void close() throws Exception {
    store.close();
  }

  Instant now() {
    return Instant.now().plus(later.get());
  }

  public RootBootstrap bootstrap(Map<String, String> settings) {
    return new RootBootstrap(db, users, tenants, passwords, events, new Settings(settings));
  }

  public SignedIn register(String email) {
    return registrations.register(new Registration(email, PASSWORD, "Ann Smith", null), ORIGIN);
  }

  public static Caller caller(SignedIn signedIn) {
    var seat = signedIn.seats().getFirst();
    return new Caller(
        signedIn.user().id(),
        null,
        session(signedIn),
        signedIn.user().email(),
        new Membership(seat.tenantId(), seat.role(), seat.root()),
        "request",
        "192.0.2.1");
  }

  public static UUID session(SignedIn signedIn) {
    return UUID.fromString(signedIn.accessToken().split(" ")[1]);
  }

  public int count(ToIntFunction<TestMapper> query) {
    return db.read(PLATFORM, () -> query.applyAsInt(db.mapper(TestMapper.class)));
  }

  public <T> T inUnit(Supplier<T> work) {
    return db.write(PLATFORM, work);
  }

  public int change(ToIntFunction<TestMapper> change) {
    return db.write(PLATFORM, () -> change.applyAsInt(db.mapper(TestMapper.class)));
  }

  /** Access tokens that a test can read: user, session, claims. */
  private static final class ReadableTokens implements AccessTokens {
    @Override
    public String issue(UUID userId, UUID sessionId, Map<String, String> claims) {
      return userId + " " + sessionId + " " + new TreeMap<>(claims);
    }

    @Override
    public String issueFor(String purpose, String subject, Duration lifetime) {
      throw new UnsupportedOperationException("nothing here issues such tokens");
    }

    @Override
    public String verify(String purpose, String token) {
      throw new UnsupportedOperationException("nothing here verifies tokens");
    }
  }

  /** Counts instead of spending time; what a test wants to happen meanwhile, does. */
  public static final class PlainPasswords implements Passwords {
    public final AtomicInteger verified = new AtomicInteger();
    public final AtomicInteger pretended = new AtomicInteger();
    public final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    @Override
    public String hash(String password) {
      return "plain:" + password;
    }

    @Override
    public boolean verify(String password, String hash) {
      meanwhile.get().run();
      verified.incrementAndGet();
      return hash.equals("plain:" + password);
    }

    @Override
    public void pretend(String password) {
      pretended.incrementAndGet();
    }
  }

  /** Keeps what was published. */
  public static final class Published implements Events {
    private final ConcurrentLinkedQueue<DomainEvent> events = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(DomainEvent event) {
      events.add(event);
    }

    public List<AccountsEvent> about(UUID subject) {
      return events.stream()
          .filter(event -> event.subjectId().equals(subject))
          .map(AccountsEvent.class::cast)
          .toList();
    }

    public <E extends AccountsEvent> List<E> all(Class<E> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public List<StoredEvent> after(
        Scope scope, EventFilter filter, @Nullable String after, int limit) {
      throw new UnsupportedOperationException("nothing here reads events");
    }

    @Override
    public String now(Scope scope) {
      throw new UnsupportedOperationException("nothing here reads events");
    }
  }

  /** Keeps whom the platform was told to forget. */
  public static final class Forgotten implements PrincipalCache {
    public final ConcurrentLinkedQueue<UUID> ids = new ConcurrentLinkedQueue<>();

    @Override
    public void forget(UUID userOrTenantOrKey) {
      ids.add(userOrTenantOrKey);
    }

    @Override
    public Optional<Principal> member(UUID userId, UUID tenantId) {
      throw new UnsupportedOperationException("nothing here works in anybody's name");
    }
  }

  /** Keeps mail. */
  public static final class Mails implements Mail {
    public final ConcurrentLinkedQueue<MailMessage> queued = new ConcurrentLinkedQueue<>();

    public int to(String recipient) {
      return (int) queued.stream().filter(mail -> mail.recipient().equals(recipient)).count();
    }

    @Override
    public void queue(MailMessage message) {
      queued.add(message);
    }

    @Override
    public boolean configured() {
      return true;
    }
  }

  /** Seals nothing, but knows the place again. */
  private static final class OpenSecrets implements Secrets {
    @Override
    public String seal(@Nullable UUID tenantId, String place, String value) {
      return place + " " + value;
    }

    @Override
    public String open(@Nullable UUID tenantId, String place, String sealed) {
      if (!sealed.startsWith(place + " ")) {
        throw new IllegalStateException("sealed for another place");
      }
      return sealed.substring(place.length() + 1);
    }

    @Override
    public void protect(String value) {
      throw new UnsupportedOperationException("nothing here protects values");
    }

    @Override
    public String mask(String text) {
      throw new UnsupportedOperationException("nothing here masks text");
    }
  }

  /** Wakes nobody: the tests run the jobs. */
  private static final class Silence implements Signals {
    @Override
    public void raise(String topic) {
      // Nobody listens.
    }

    @Override
    public Subscription on(String topic, Runnable action) {
      return () -> {};
    }

    @Override
    public Subscription onPrefix(String prefix, Consumer<String> action) {
      return () -> {};
    }
  }

  private record Settings(Map<String, String> values) implements Platform {
    @Override
    public @Nullable String setting(String name) {
      return values.get(name);
    }

    @Override
    public String version() {
      return "0";
    }

    @Override
    public Path home() {
      return Path.of("/nowhere");
    }

    @Override
    public Path data() {
      return Path.of("/nowhere");
    }

    @Override
    public URI publicUrl() {
      return URI.create("http://localhost");
    }

    @Override
    public String grpcAddress() {
      return "localhost:0";
    }
  }
}
