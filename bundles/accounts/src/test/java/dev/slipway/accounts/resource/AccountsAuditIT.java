package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.ApiKey;
import dev.slipway.api.Caller;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.security.AuditLog;
import dev.slipway.security.audit.SealedAudit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit log says of accounts, as operators export it. */
class AccountsAuditIT {
  static TestAccounts accounts;
  static AuditLog audit;

  @BeforeAll
  static void start() {
    accounts = new TestAccounts();
    audit =
        new SealedAudit(accounts.platform.database("security", SealedAudit.class.getClassLoader()));
    accounts.root();
  }

  @AfterAll
  static void stop() throws Exception {
    accounts.close();
  }

  @BeforeEach
  void forgetLimits() {
    accounts.platform.resetRateLimits();
  }

  static List<AuditLog.Entry> entries(String action) {
    return audit.page(new AuditLog.Filter(action, null, null), null, 50);
  }

  static AuditLog.Entry last(String action) {
    return entries(action).getFirst();
  }

  static TestAccounts.Person root() {
    var answer = accounts.login("root@example.com", TestAccounts.PASSWORD);
    return new TestAccounts.Person(
        "root@example.com", answer, accounts.platform.bearer(answer.at("/accessToken")));
  }

  @Test
  void rolesAndOwnershipBeforeAndAfter() {
    var host = accounts.person();
    var member = accounts.member(host, "user");
    var path = "/api/tenant/members/" + member.id();
    host.inOwn().patch(path + "/role", Map.of("role", "admin"));
    var role = last("accounts.member.set-role");
    assertThat(role.tenantId()).hasToString(host.tenant());
    assertThat(role.userId()).isEqualTo(host.id());
    assertThat(role.details())
        .containsEntry("user_id", member.id().toString())
        .containsEntry("before", Map.of("role", "user"))
        .containsEntry("after", Map.of("role", "admin"));

    host.inOwn().post(path + "/transfer-ownership", null);
    assertThat(last("accounts.member.transfer-ownership").details())
        .containsEntry("before", Map.of("owner", host.id().toString()))
        .containsEntry("after", Map.of("owner", member.id().toString()));

    member.inTenant(host.tenant()).delete("/api/tenant/members/" + host.id());
    assertThat(last("accounts.member.remove").details())
        .containsEntry("user_id", host.id().toString())
        .containsEntry("before", Map.of("role", "admin"));
  }

  @Test
  void whoSignedInAndWhoTookAnInvitation() {
    var host = accounts.person();
    var guest = accounts.member(host, "user");
    var joined = last("accounts.invitation.accept");
    assertThat(joined.tenantId()).hasToString(host.tenant());
    assertThat(joined.userId()).isEqualTo(guest.id());
    assertThat(joined.details()).containsEntry("after", Map.of("role", "user"));

    accounts.login(guest.email(), TestAccounts.PASSWORD);
    var login = last("accounts.session.login");
    assertThat(login.details()).containsEntry("user_id", guest.id().toString());
    assertThat(login.details()).containsKey("session_id");
    accounts.login(guest.email(), "Wrong-guess-77");
    assertThat(last("accounts.session.login").id()).as("nobody came in").isEqualTo(login.id());
  }

  @Test
  void takingTheOwnDataAlong() {
    var person = accounts.person();
    person.client().get("/api/auth/account/export");
    assertThat(last("accounts.user.export").userId()).isEqualTo(person.id());
  }

  @Test
  void aKeyActsForWhomMadeIt() {
    var root = root();
    var member = accounts.member(root, "user");
    var tenant = UUID.fromString(root.tenant());
    var owner =
        new Caller(
            root.id(),
            null,
            null,
            root.email(),
            new Membership(tenant, Role.OWNER, true),
            "request",
            "127.0.0.1");
    var key = accounts.wiring.apiKeys.create(owner, "ci", ApiKey.Authority.ADMIN);
    var answer = accounts.platform.bearer(key.raw()).delete("/api/tenant/members/" + member.id());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    var entry = last("accounts.member.remove");
    assertThat(entry.userId()).isNull();
    assertThat(entry.apiKeyId()).isEqualTo(key.key().id());
    assertThat(entry.actor()).isEqualTo("ci");
    assertThat(entry.details()).containsEntry("on_behalf_of", root.id().toString());
  }

  @Test
  void theExportIsOneLineEachAndHoldsNoSecret() {
    var person = accounts.person();
    var token = accounts.mail.await(person.email()).parameter("token");
    accounts.platform.anonymous().post("/api/auth/verify-email", Map.of("token", token));
    var lines = new ArrayList<String>();
    audit.export(
        Instant.EPOCH,
        Instant.now().plusSeconds(60),
        entry -> lines.add(accounts.platform.json().write(entry)));
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("{")
                    .endsWith("}")
                    .doesNotContain("\n")
                    .doesNotContain(token)
                    .doesNotContain(TestAccounts.PASSWORD)
                    .doesNotContain(person.answer().at("/refreshToken")));
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("accounts.user.verify")
                    .contains("\"user_id\":\"" + person.id()));
  }
}
