package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.SeatLimit;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members and invitations, by the mail that really came. */
class MemberResourceIT {
  static TestAccounts accounts;

  @BeforeAll
  static void start() {
    accounts = new TestAccounts();
  }

  @AfterAll
  static void stop() throws Exception {
    accounts.close();
  }

  @BeforeEach
  void forgetLimits() {
    accounts.platform.resetRateLimits();
  }

  static Answer invite(TestClient by, String email, String role) {
    accounts.platform.resetRateLimits();
    return by.post("/api/tenant/members/invite", Map.of("email", email, "role", role));
  }

  static String path(TestAccounts.Person person) {
    return "/api/tenant/members/" + person.id();
  }

  @Test
  void aStrangerSignsUpByTheInvitationAndJoins() {
    var host = accounts.person();
    var email = TestAccounts.address();
    assertThat(invite(host.inOwn(), email, "user").status()).isEqualTo(201);
    var mail = accounts.mail.await(email);
    assertThat(mail.link()).asString().startsWith("https://app.example.com/register?token=");
    assertThat(mail.html()).doesNotContain("<b>Smith");
    var guest =
        accounts
            .platform
            .anonymous()
            .post(
                "/api/auth/register",
                Map.of(
                    "email",
                    email,
                    "password",
                    TestAccounts.PASSWORD,
                    "displayName",
                    "Guest",
                    "invitationToken",
                    mail.parameter("token")));
    assertThat(guest.status()).as(guest.text()).isEqualTo(201);
    assertThat(guest.json().path("memberships").findValuesAsText("tenantId"))
        .contains(host.tenant());
  }

  @Test
  void aKnownUserJoinsOnceAndFindsAMessage() {
    var host = accounts.person();
    var guest = accounts.person();
    assertThat(invite(host.inOwn(), guest.email(), "admin").status()).isEqualTo(201);
    var mail = accounts.invitation(guest.email());
    assertThat(mail.link()).asString().contains("/accept-invitation?token=");
    var messages = guest.client().get("/api/messages");
    assertThat(messages.at("/messages/0/type")).isEqualTo("invitation");
    assertThat(messages.text()).doesNotContain(mail.parameter("token"));

    var other = accounts.person();
    var body = Map.of("token", mail.parameter("token"));
    assertThat(other.client().post("/api/auth/accept-invitation", body).status())
        .as("meant for another address")
        .isEqualTo(400);
    var joined = guest.client().post("/api/auth/accept-invitation", body);
    assertThat(joined.status()).isEqualTo(200);
    assertThat(joined.json().path("memberships")).hasSize(2);
    assertThat(guest.inTenant(host.tenant()).get("/api/tenant/members").json().path("members"))
        .hasSize(2);
    assertThat(guest.client().post("/api/auth/accept-invitation", body).status()).isEqualTo(400);
    assertThat(accounts.events("accounts.member.joined", guest.id()))
        .singleElement()
        .satisfies(event -> assertThat(event.text("role")).isEqualTo("admin"));
  }

  @Test
  void refusesInvitationsThatMustNotBe() {
    var host = accounts.person();
    var admin = accounts.member(host, "admin");
    var user = accounts.member(host, "user");
    var stranger = TestAccounts.address();
    assertThat(invite(host.inOwn(), admin.email().toUpperCase(), "user").status()).isEqualTo(409);
    assertThat(invite(host.inOwn(), stranger, "user").status()).isEqualTo(201);
    assertThat(invite(host.inOwn(), stranger, "user").status()).isEqualTo(409);
    var asAdmin = admin.inTenant(host.tenant());
    assertThat(invite(asAdmin, TestAccounts.address(), "admin").status()).isEqualTo(403);
    assertThat(invite(asAdmin, TestAccounts.address(), "user").status()).isEqualTo(201);
    assertThat(invite(user.inTenant(host.tenant()), TestAccounts.address(), "user").status())
        .isEqualTo(403);
    assertThat(invite(host.inOwn(), TestAccounts.address(), "owner").fields())
        .containsExactly("role");
    assertThat(invite(host.inOwn(), "nobody\r\nBcc: all@example.com", "user").fields())
        .containsExactly("email");
    assertThat(invite(host.inOwn(), TestAccounts.address(), "boss").status()).isEqualTo(400);
  }

  @Test
  void ofManyAcceptsAtOnceOneWins() throws Exception {
    var host = accounts.person();
    var guest = accounts.person();
    invite(host.inOwn(), guest.email(), "user");
    var body = Map.of("token", accounts.invitation(guest.email()).parameter("token"));
    var statuses =
        atOnce(8, () -> guest.client().post("/api/auth/accept-invitation", body).status());
    assertThat(statuses).containsOnly(200, 400).containsOnlyOnce(200);
    assertThat(host.inOwn().get("/api/tenant/members").json().path("members")).hasSize(2);
  }

  @Test
  void concurrentInvitesNeverExceedThePlan() throws Exception {
    var host = accounts.person();
    var limited = UUID.fromString(host.tenant());
    SeatLimit plan = tenantId -> tenantId.equals(limited) ? 3 : 0;
    accounts.wiring.seats.bindLimit(plan);
    try {
      var statuses = atOnce(6, () -> invite(host.inOwn(), TestAccounts.address(), "user").status());
      assertThat(statuses.stream().filter(status -> status == 201)).hasSize(2);
      var refused = invite(host.inOwn(), TestAccounts.address(), "user");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.at("/code")).isEqualTo("USER_LIMIT_REACHED");
      assertThat(refused.json().path("userLimit").asInt()).isEqualTo(3);
      assertThat(refused.at("/error")).isNotEmpty();
    } finally {
      accounts.wiring.seats.unbindLimit(plan);
    }
  }

  static List<Integer> atOnce(int times, Callable<Integer> call) throws Exception {
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(java.util.Collections.nCopies(times, call))) {
        statuses.add(done.get());
      }
    }
    return statuses;
  }

  @Test
  void takesMembersOut() {
    var host = accounts.person();
    var admin = accounts.member(host, "admin");
    var other = accounts.member(host, "admin");
    var user = accounts.member(host, "user");
    var asAdmin = admin.inTenant(host.tenant());
    assertThat(asAdmin.delete(path(admin)).status()).isEqualTo(400);
    assertThat(asAdmin.delete(path(host)).status()).isEqualTo(403);
    assertThat(asAdmin.delete(path(other)).status()).isEqualTo(403);
    assertThat(user.inTenant(host.tenant()).delete(path(other)).status()).isEqualTo(403);
    assertThat(asAdmin.delete("/api/tenant/members/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(asAdmin.delete("/api/tenant/members/x").status()).isEqualTo(400);

    assertThat(user.inTenant(host.tenant()).get("/api/tenant/members").status()).isEqualTo(200);
    assertThat(asAdmin.delete(path(user)).status()).isEqualTo(200);
    assertThat(user.inTenant(host.tenant()).get("/api/tenant/members").status())
        .as("at once")
        .isEqualTo(403);
    assertThat(host.inOwn().delete(path(other)).status()).isEqualTo(200);
    assertThat(accounts.events("accounts.member.removed", other.id()))
        .singleElement()
        .satisfies(event -> assertThat(event.text("removed_by")).isEqualTo(host.id().toString()));
  }

  @Test
  void changesRolesAndHandsTheTenantOver() {
    var host = accounts.person();
    var member = accounts.member(host, "user");
    var role = path(member) + "/role";
    assertThat(host.inOwn().patch(role, Map.of("role", "owner")).status()).isEqualTo(400);
    assertThat(host.inOwn().patch(path(host) + "/role", Map.of("role", "user")).status())
        .isEqualTo(400);
    assertThat(
            host.inOwn()
                .patch("/api/tenant/members/" + UUID.randomUUID() + "/role", Map.of("role", "user"))
                .status())
        .isEqualTo(404);
    assertThat(
            member
                .inTenant(host.tenant())
                .patch(path(host) + "/role", Map.of("role", "user"))
                .status())
        .isEqualTo(403);
    assertThat(host.inOwn().patch(role, Map.of("role", "admin")).status()).isEqualTo(200);

    assertThat(host.inOwn().post(path(host) + "/transfer-ownership", null).status()).isEqualTo(400);
    assertThat(host.inOwn().post(path(member) + "/transfer-ownership", null).status())
        .isEqualTo(200);
    assertThat(host.inOwn().post(path(member) + "/transfer-ownership", null).status())
        .as("no way back")
        .isEqualTo(403);
    var members = member.inTenant(host.tenant()).get("/api/tenant/members").json();
    assertThat(members.path("members").findValuesAsText("role")).containsExactly("admin", "owner");
    assertThat(accounts.events("accounts.ownership.transferred", UUID.fromString(host.tenant())))
        .singleElement()
        .satisfies(event -> assertThat(event.text("to_user_id")).isEqualTo(member.id().toString()));
  }
}
