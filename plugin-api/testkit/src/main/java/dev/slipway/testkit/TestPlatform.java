package dev.slipway.testkit;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.mail.Mail;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.JsonSchemas;
import dev.slipway.api.security.AccessTokens;
import dev.slipway.api.security.BasicAuthentication;
import dev.slipway.api.security.Passwords;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.api.security.Secrets;
import dev.slipway.api.spi.BoundCredentials;
import dev.slipway.api.spi.PrincipalSource;
import dev.slipway.api.spi.RestResource;
import dev.slipway.data.Database;
import dev.slipway.events.Dispatcher;
import dev.slipway.events.EventLog;
import dev.slipway.events.SignalBus;
import dev.slipway.http.HttpPlatform;
import dev.slipway.http.limit.KeyedRequests;
import dev.slipway.http.route.Owner;
import dev.slipway.launcher.files.FileTree;
import dev.slipway.mail.Delivery;
import dev.slipway.mail.Outbox;
import dev.slipway.schema.PlatformSchemas;
import dev.slipway.security.Authenticator;
import dev.slipway.security.caller.BearerAuthenticator;
import dev.slipway.security.caller.BoundHolders;
import dev.slipway.security.caller.PasswordAuthenticator;
import dev.slipway.security.caller.RememberedPrincipals;
import dev.slipway.security.key.KeyRows;
import dev.slipway.security.password.ArgonPasswords;
import dev.slipway.security.secret.DataKeys;
import dev.slipway.security.secret.MasterKeys;
import dev.slipway.security.secret.SealedSecrets;
import dev.slipway.security.token.SignedTokens;
import dev.slipway.security.token.SigningKeys;
import dev.slipway.store.Store;
import dev.slipway.store.json.PlatformJson;
import dev.slipway.store.migrate.Changelog;
import dev.slipway.telemetry.Metrics;
import dev.slipway.testkit.contract.Callers;
import dev.slipway.testkit.contract.ContractSuite;
import dev.slipway.testkit.contract.ExampleSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The platform around the code under test: real PostgreSQL, event log, security and HTTP, wired by
 * hand as the framework would. Users are whom the test says they are.
 */
@ProviderType
public final class TestPlatform implements AutoCloseable {
  private final AtomicInteger owners = new AtomicInteger();
  private final TestPeople people = new TestPeople();
  private final Path folder;
  private final TestFacts facts;
  private final Store store;
  private final SignalBus signals;
  private final EventLog events;
  private final Dispatcher dispatcher;
  private final SealedSecrets secrets;
  private final SigningKeys signingKeys;
  private final SignedTokens tokens;
  private final RememberedPrincipals principals;
  private final BoundHolders bound = new BoundHolders();
  private final Authenticator authenticator;
  private final KeyedRequests keyed;
  private final HttpPlatform http;
  private @Nullable Mail mail;
  private @Nullable MailBox mailBox;
  private @Nullable Delivery delivery;

  private TestPlatform(Map<String, String> settings) throws Exception {
    folder = folder();
    facts = new TestFacts(folder);
    settings.forEach(facts::set);
    facts.set("slipway.master.key.file", masterKey(folder).toString());
    store = Template.copy();
    var log = database("events", EventLog.class.getClassLoader());
    signals = new SignalBus(log, store);
    events = new EventLog(log, json(), signals);
    // Without listeners it still wakes those who follow the log.
    dispatcher = new Dispatcher(log, events, signals);
    var security = database("security", SealedSecrets.class.getClassLoader());
    var rows = new KeyRows(security, store);
    secrets = new SealedSecrets(new DataKeys(rows, new MasterKeys(facts)));
    signingKeys = new SigningKeys(rows, secrets, signals);
    tokens = new SignedTokens(signingKeys);
    principals = new RememberedPrincipals(security, signals);
    principals.bindSource(people);
    authenticator = new BearerAuthenticator(tokens, principals, bound);
    keyed = new KeyedRequests(database("http", HttpPlatform.class.getClassLoader()), secrets);
    http =
        new HttpPlatform(
            new HttpPlatform.Address("127.0.0.1", 0),
            new HttpPlatform.Services(facts, authenticator, signals, keyed, new Metrics()),
            List::of);
    facts.publicUrl(url());
  }

  /** Starts one; close it after the tests of the class. */
  public static TestPlatform start() {
    return start(Map.of());
  }

  /** As above, with settings that are read at the start. */
  static TestPlatform start(Map<String, String> settings) {
    try {
      return new TestPlatform(settings);
    } catch (Exception failure) {
      throw new IllegalStateException("the platform for the test did not start", failure);
    }
  }

  /**
   * A feature's database, its changelog run. Later platforms of this JVM find its tables there from
   * the start.
   */
  public Database database(String feature, ClassLoader loader) {
    var changelog = Changelog.of(feature, loader);
    var database = store.database(changelog);
    Template.add(changelog);
    return database;
  }

  /** Serves resources as a bundle of their own would. */
  public void register(RestResource... resources) {
    var number = owners.incrementAndGet();
    var owner = new Owner("test.bundle" + number, number, false);
    http.router().add(Map.of(owner, List.<Object>of((Object[]) resources)));
    var refusal = http.router().refusal(owner.id());
    if (!refusal.isEmpty()) {
      throw new IllegalStateException(String.join("; ", refusal));
    }
  }

  /** Who stands behind a credential, for what is served elsewhere than over HTTP. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** Replaces the people of the test by a feature's own knowledge of users. */
  public void principals(PrincipalSource source) {
    principals.unbindSource(people);
    principals.bindSource(source);
  }

  /** Lets credentials in that are bound to one object. */
  public void bound(BoundCredentials kind) {
    bound.bindKind(kind);
  }

  /** A user whom {@link #as} made has no seat any more, for whoever is not remembered. */
  public void unseat(UUID userId) {
    people.unseat(userId);
  }

  /** A client without credential. */
  public TestClient anonymous() {
    return new TestClient(url(), Map.of(), null);
  }

  /** A client that carries this access token. */
  public TestClient bearer(String token) {
    return anonymous().with("Authorization", "Bearer " + token);
  }

  /** A new user with this role in a tenant, signed in, the tenant chosen. */
  public TestClient as(UUID tenantId, Role role) {
    return as(new Membership(tenantId, role, false));
  }

  /** A new user in this seat, signed in, the tenant chosen. */
  public TestClient as(Membership seat) {
    var user = Ids.next();
    people.seat(user, seat);
    var token = tokens.issue(user, Ids.next(), Map.of());
    var headers =
        Map.of("Authorization", "Bearer " + token, "X-Tenant-ID", seat.tenantId().toString());
    return new TestClient(url(), headers, user);
  }

  /**
   * All that is served, held to the platform's promises by people of this tenant.
   *
   * @param tenantId the tenant whose objects the suite may ask for; it becomes the root tenant
   */
  public ContractSuite contract(UUID tenantId) {
    return contract(
        new Callers(
            anonymous(),
            as(new Membership(tenantId, Role.OWNER, true)),
            as(Ids.next(), Role.OWNER),
            as(tenantId, Role.USER)));
  }

  /** All that is served, held to the platform's promises by these callers. */
  public ContractSuite contract(Callers callers) {
    return ContractSuite.of(callers).before(this::resetRateLimits).audit(this::audited);
  }

  /**
   * The examples of a feature, called by people of this tenant.
   *
   * @param tenantId the tenant whose objects the examples are about; it becomes the root tenant
   * @param feature such as {@code fleet}
   */
  public ExampleSuite examples(UUID tenantId, String feature) {
    return examples(as(new Membership(tenantId, Role.OWNER, true)), feature);
  }

  /** The examples of a feature, called by this client. */
  public ExampleSuite examples(TestClient owner, String feature) {
    return ExampleSuite.of(anonymous(), owner, feature).before(this::resetRateLimits);
  }

  /** The actions that the audit holds of a request. */
  public List<String> audited(String requestId) {
    try (var connection = store.platform().getConnection();
        var query =
            connection.prepareStatement("select action from security_audit where request_id = ?")) {
      query.setString(1, requestId);
      var rows = query.executeQuery();
      var actions = new ArrayList<String>();
      while (rows.next()) {
        actions.add(rows.getString(1));
      }
      return actions;
    } catch (SQLException failure) {
      throw new IllegalStateException("the audit can not be read", failure);
    }
  }

  /** The details that the audit holds of a request, as the JSON text of one object. */
  public String auditDetails(String requestId) {
    try (var connection = store.platform().getConnection();
        var query =
            connection.prepareStatement(
                "select details::text from security_audit where request_id = ?")) {
      query.setString(1, requestId);
      var rows = query.executeQuery();
      if (!rows.next()) {
        throw new IllegalStateException("the audit holds nothing of " + requestId);
      }
      return rows.getString(1);
    } catch (SQLException failure) {
      throw new IllegalStateException("the audit can not be read", failure);
    }
  }

  /** A caller for direct calls of services. */
  public static Caller caller(UUID tenantId, Role role) {
    return new Caller(
        Ids.next(),
        null,
        Ids.next(),
        "tester@example.com",
        new Membership(tenantId, role, false),
        Ids.next().toString(),
        "127.0.0.1");
  }

  /** Forgets how often rate-limited operations were called. */
  public void resetRateLimits() {
    http.limits().reset();
  }

  /** Base URL. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + http.port());
  }

  /** Facts and settings. */
  public TestFacts facts() {
    return facts;
  }

  /** The store. */
  public Store store() {
    return store;
  }

  /** The event log. */
  public Events events() {
    return events;
  }

  /** Wake-up calls. */
  public Signals signals() {
    return signals;
  }

  /** Encryption at rest. */
  public Secrets secrets() {
    return secrets;
  }

  /** Access tokens. */
  public AccessTokens tokens() {
    return tokens;
  }

  /** Callers who come with basic authentication. */
  public BasicAuthentication basicAuthentication() {
    return new PasswordAuthenticator(authenticator);
  }

  /** What is remembered of callers. */
  public PrincipalCache principalCache() {
    return principals;
  }

  /** Password hashing as the platform's, but so weak that it takes no time. */
  public Passwords passwords() {
    return ArgonPasswords.weak();
  }

  /** JSON. */
  public Json json() {
    return new PlatformJson();
  }

  /** JSON Schema. */
  public JsonSchemas schemas() {
    return new PlatformSchemas();
  }

  /** Queues mail; held, as without a mail server, until {@link #mailBox} was called. */
  public synchronized Mail mail() {
    if (mail == null) {
      mail =
          new Outbox(
              database("mail", Outbox.class.getClassLoader()),
              events,
              signals,
              secrets,
              json(),
              facts);
    }
    return mail;
  }

  /** A real mail server, to which {@link #mail} delivers; to be asked for before that. */
  public synchronized MailBox mailBox() {
    if (mailBox == null) {
      if (mail != null) {
        throw new IllegalStateException("mail is in use without a server already");
      }
      mailBox = MailBox.start();
      facts.set("slipway.smtp.url", mailBox.url());
      delivery =
          new Delivery(
              database("mail", Outbox.class.getClassLoader()),
              events,
              signals,
              secrets,
              json(),
              facts);
    }
    return mailBox;
  }

  @Override
  public void close() throws Exception {
    if (delivery != null) {
      delivery.close();
    }
    if (mailBox != null) {
      mailBox.close();
    }
    http.close();
    keyed.close();
    dispatcher.close();
    signals.close();
    store.close();
    FileTree.delete(folder);
  }

  /** Gone when the JVM ends at the latest: a test that fails early closes nothing. */
  private static Path folder() throws IOException {
    var folder = Files.createTempDirectory("slipway-test-platform-");
    var deletion = new Thread(() -> deleteAtExit(folder), "test-platform-folder");
    Runtime.getRuntime().addShutdownHook(deletion);
    return folder;
  }

  private static void deleteAtExit(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path masterKey(Path folder) throws IOException {
    var file = folder.resolve("master.key");
    var key = new byte[32];
    new java.security.SecureRandom().nextBytes(key);
    Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
    return file;
  }
}
