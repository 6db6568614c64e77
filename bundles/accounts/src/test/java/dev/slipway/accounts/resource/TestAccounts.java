package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.oidc.OidcProvider;
import dev.slipway.accounts.service.Wiring;
import dev.slipway.accounts.service.openid.OidcSignIn;
import dev.slipway.accounts.service.registration.RootBootstrap;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.net.Egress;
import dev.slipway.data.Database;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.MailBox;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The whole feature behind HTTP, with a real mail server. */
final class TestAccounts implements AutoCloseable {
  static final String PASSWORD = "Tr0ub4dor&9";
  static final Scope PLATFORM = Scope.platform("test");

  final TestPlatform platform = TestPlatform.start();
  final MailBox mail;
  final Database db;
  final CountedPasswords passwords = new CountedPasswords(platform.passwords());
  final Wiring wiring;

  TestAccounts() {
    this(Map.of(), null);
  }

  TestAccounts(Map<String, String> settings, Egress egress) {
    settings.forEach(platform.facts()::set);
    platform.facts().set("slipway.frontend.url", "https://app.example.com");
    mail = platform.mailBox();
    db = platform.database("accounts", TestAccounts.class.getClassLoader());
    wiring =
        new Wiring(
            new Wiring.Parts(
                db,
                passwords,
                platform.events(),
                platform.tokens(),
                platform.principalCache(),
                platform.secrets(),
                platform.mail(),
                platform.facts(),
                platform.signals()),
            InstantSource.system());
    platform.principals(wiring.principals);
    platform.register(
        new AuthResource(wiring.registrations, wiring.logins, wiring.sessions, wiring.accounts),
        new CredentialResource(wiring.credentials, wiring.mailRequests),
        new MemberResource(wiring.members, wiring.invitations),
        new InvitationResource(wiring.invitations),
        new InboxResource(wiring.inbox),
        new SessionResource(wiring.sessions),
        new SecondFactorResource(wiring.secondFactors),
        new OwnAccountResource(wiring.ownAccounts),
        new OidcResource(
            new OidcSignIn(
                wiring.oidcAccounts,
                wiring.tickets,
                wiring.oidcStates,
                new OidcProvider(egress == null ? new NoEgress() : egress, platform.facts())),
            platform.facts()),
        new BootstrapResource(wiring.accounts));
  }

  /** Makes the root tenant; its owner signs in with {@link #PASSWORD}. */
  void root() {
    platform.facts().set("slipway.root.email", "root@example.com");
    platform.facts().set("slipway.root.password", PASSWORD);
    var bootstrap =
        new RootBootstrap(
            db,
            wiring.users,
            wiring.tenants,
            platform.passwords(),
            platform.events(),
            platform.facts());
    assertThat(bootstrap.check().ok()).isTrue();
  }

  static String address() {
    return UUID.randomUUID() + "@example.com";
  }

  /** Somebody who has signed up. */
  record Person(String email, Answer answer, TestClient client) {
    UUID id() {
      return UUID.fromString(answer.at("/user/id"));
    }

    String tenant() {
      return answer.at("/memberships/0/tenantId");
    }

    TestClient inTenant(String tenant) {
      return client.with("X-Tenant-ID", tenant);
    }

    TestClient inOwn() {
      return inTenant(tenant());
    }
  }

  Person person() {
    return person(address());
  }

  Person person(String email) {
    platform.resetRateLimits();
    var answer =
        platform
            .anonymous()
            .post(
                "/api/auth/register",
                Map.of("email", email, "password", PASSWORD, "displayName", "Ann <b>Smith</b>"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return new Person(email, answer, platform.bearer(answer.at("/accessToken")));
  }

  Answer login(String email, String password) {
    return platform
        .anonymous()
        .post("/api/auth/login", Map.of("email", email, "password", password));
  }

  /** The invitation among the two mails that a user has got by then. */
  MailBox.Received invitation(String email) {
    mail.await(email, 2);
    return mail.to(email).stream()
        .filter(received -> received.subject().contains(" invites you "))
        .findFirst()
        .orElseThrow();
  }

  /** A member who has joined by a mailed invitation. */
  Person member(Person host, String role) {
    var guest = person();
    platform.resetRateLimits();
    var invited =
        host.inOwn()
            .post("/api/tenant/members/invite", Map.of("email", guest.email(), "role", role));
    assertThat(invited.status()).as(invited.text()).isEqualTo(201);
    var token = invitation(guest.email()).parameter("token");
    var joined = guest.client().post("/api/auth/accept-invitation", Map.of("token", token));
    assertThat(joined.status()).as(joined.text()).isEqualTo(200);
    return guest;
  }

  List<StoredEvent> events(String type, UUID subject) {
    return platform.events().after(PLATFORM, EventFilter.subject(subject), null, 100).stream()
        .filter(event -> event.type().equals(type))
        .toList();
  }

  @Override
  public void close() throws Exception {
    wiring.mailRequestJob.close();
    platform.close();
  }

  private static final class NoEgress implements Egress {
    @Override
    public java.net.http.HttpResponse<byte[]> send(java.net.http.HttpRequest request) {
      throw new IllegalStateException("nothing here may leave");
    }

    @Override
    public void check(String field, String url) {
      throw new IllegalStateException("nothing here may leave");
    }
  }
}
