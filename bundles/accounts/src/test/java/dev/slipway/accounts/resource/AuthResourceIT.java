package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.service.registration.RootBootstrap;
import dev.slipway.api.Caller;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All operations of the feature, with the platform's own tokens, hashing, events and cache. */
class AuthResourceIT {
  private static final String PASSWORD = "Tr0ub4dor&9";

  static TestAccounts all;
  static TestPlatform platform;
  static RootBootstrap bootstrap;

  final TestClient anyone = platform.anonymous();

  @BeforeAll
  static void start() {
    all = new TestAccounts();
    platform = all.platform;
    var before = platform.anonymous().get("/api/bootstrap/status");
    assertThat(before.json().path("initialized").asBoolean(true)).isFalse();
    platform.facts().set("slipway.root.email", "root@localhost");
    platform.facts().set("slipway.root.password", "Own-3r-of-all");
    bootstrap =
        new RootBootstrap(
            all.db,
            all.wiring.users,
            all.wiring.tenants,
            platform.passwords(),
            platform.events(),
            platform.facts());
  }

  @AfterAll
  static void stop() throws Exception {
    all.close();
  }

  @BeforeEach
  void forgetLimits() {
    platform.resetRateLimits();
  }

  static String address() {
    return UUID.randomUUID() + "@example.com";
  }

  Answer register(String email) {
    return anyone.post(
        "/api/auth/register",
        Map.of("email", email, "password", PASSWORD, "displayName", "Ann Smith"));
  }

  Answer login(String email, String password) {
    return anyone.post("/api/auth/login", Map.of("email", email, "password", password));
  }

  Answer refresh(String token) {
    return anyone.post("/api/auth/refresh", Map.of("refreshToken", token));
  }

  static TestClient signedIn(Answer answer) {
    return platform.bearer(answer.at("/accessToken"));
  }

  static Stream<String> members(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey);
  }

  @Test
  void registersAndSignsIn() {
    var email = address();
    var answer = register(email);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(members(answer.json()))
        .containsExactlyInAnyOrder("accessToken", "refreshToken", "user", "memberships");
    assertThat(members(answer.json().path("user")))
        .containsExactlyInAnyOrder(
            "id",
            "email",
            "displayName",
            "emailVerified",
            "isActive",
            "authMethods",
            "createdAt",
            "updatedAt",
            "lastLoginAt");
    assertThat(answer.at("/user/email")).isEqualTo(email);
    assertThat(answer.at("/user/authMethods/0/provider")).isEqualTo("password");
    assertThat(members(answer.json().at("/memberships/0")))
        .containsExactlyInAnyOrder("tenantId", "tenantName", "tenantSlug", "role", "isRoot");
    assertThat(answer.at("/memberships/0/role")).isEqualTo("owner");

    var me = signedIn(answer).get("/api/auth/me");
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.json().path("user")).isEqualTo(answer.json().path("user"));
    assertThat(me.json().path("memberships")).isEqualTo(answer.json().path("memberships"));
  }

  @Test
  void namesEveryFaultyMember() {
    var faulty =
        anyone.post(
            "/api/auth/register",
            Map.of("email", "nobody", "password", "weak", "displayName", " "));
    assertThat(faulty.status()).isEqualTo(400);
    assertThat(faulty.fields()).containsExactly("email", "password", "displayName");
    assertThat(faulty.text()).doesNotContain("weak");
    var empty = anyone.post("/api/auth/register", Map.of());
    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.fields()).contains("email", "password", "displayName");
    var snake =
        anyone.post(
            "/api/auth/register",
            Map.of("email", address(), "password", PASSWORD, "display_name", "Ann"));
    assertThat(snake.status()).isEqualTo(400);
    var body = new HashMap<String, Object>();
    body.putAll(Map.of("email", address(), "password", PASSWORD, "displayName", "Ann"));
    body.put("invitationToken", "unknown");
    assertThat(anyone.post("/api/auth/register", body).fields()).containsExactly("invitationToken");
  }

  @Test
  void refusesATakenAddress() {
    var email = address();
    register(email);
    var again = register(email.toUpperCase(Locale.ROOT));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).doesNotContainIgnoringCase(email);
  }

  @Test
  void signsInAndRefreshes() {
    var email = address();
    register(email);
    var signedIn = login(email, PASSWORD);
    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(login(email, "Wrong-guess-77").status()).isEqualTo(401);
    assertThat(login(address(), PASSWORD).status()).isEqualTo(401);

    var next = refresh(signedIn.at("/refreshToken"));
    assertThat(next.status()).isEqualTo(200);
    assertThat(signedIn(next).get("/api/auth/me").status()).isEqualTo(200);
    assertThat(refresh(signedIn.at("/refreshToken")).status()).isEqualTo(401);
    assertThat(refresh("unknown").status()).isEqualTo(401);
    assertThat(refresh(next.at("/refreshToken")).status()).isEqualTo(200);
  }

  @Test
  void locksAfterFiveFailures() {
    var email = address();
    register(email);
    for (var attempt = 0; attempt < 5; attempt++) {
      assertThat(login(email, "Wrong-guess-77").status()).isEqualTo(401);
    }
    var locked = login(email, PASSWORD);
    assertThat(locked.status()).isEqualTo(429);
    assertThat(Integer.parseInt(locked.header("Retry-After").orElseThrow())).isBetween(800, 900);
  }

  @Test
  void limitsEachRemoteAddress() {
    for (var call = 0; call < 5; call++) {
      assertThat(register("bad").status()).isEqualTo(400);
    }
    assertThat(register("bad").status()).isEqualTo(429);
    for (var call = 0; call < 10; call++) {
      assertThat(login("nobody", "x").status()).isEqualTo(401);
    }
    assertThat(login("nobody", "x").status()).isEqualTo(429);
    for (var call = 0; call < 30; call++) {
      assertThat(refresh("x").status()).isEqualTo(401);
    }
    assertThat(refresh("x").status()).isEqualTo(429);
  }

  @Test
  void logoutVoidsTheAccessTokenAtOnce() {
    var answer = register(address());
    var client = signedIn(answer);
    assertThat(client.get("/api/auth/me").status()).isEqualTo(200);
    var out = client.post("/api/auth/logout", null);
    assertThat(out.status()).isEqualTo(200);
    assertThat(out.at("/message")).isNotEmpty();
    assertThat(client.get("/api/auth/me").status()).isEqualTo(401);
    assertThat(refresh(answer.at("/refreshToken")).status()).isEqualTo(401);
  }

  @Test
  void logoutTakesARefreshToken() {
    var email = address();
    var first = register(email);
    var second = login(email, PASSWORD);
    var out =
        signedIn(first)
            .post("/api/auth/logout", Map.of("refreshToken", second.at("/refreshToken")));
    assertThat(out.status()).isEqualTo(200);
    assertThat(signedIn(second).get("/api/auth/me").status()).isEqualTo(401);
  }

  @Test
  void whatNeedsASignedInUserIsClosed() {
    for (var path : List.of("/api/auth/me", "/api/tenant/members")) {
      assertThat(anyone.get(path).status()).isEqualTo(401);
    }
    assertThat(anyone.post("/api/auth/logout", null).status()).isEqualTo(401);
  }

  @Test
  void listsTheMembersOfTheTenantChosen() {
    var answer = register(address());
    var tenant = answer.at("/memberships/0/tenantId");
    var client = signedIn(answer);
    assertThat(client.get("/api/tenant/members").status()).isEqualTo(400);
    var list = client.with("X-Tenant-ID", tenant).get("/api/tenant/members");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().path("members")).hasSize(1);
    assertThat(members(list.json().at("/members/0")))
        .containsExactlyInAnyOrder("userId", "email", "displayName", "role", "joinedAt");
    assertThat(list.at("/members/0/userId")).isEqualTo(answer.at("/user/id"));

    var stranger = register(address());
    assertThat(signedIn(stranger).with("X-Tenant-ID", tenant).get("/api/tenant/members").status())
        .isEqualTo(403);
  }

  @Test
  void theRootTenantHasAnOwner() {
    assertThat(bootstrap.check().ok()).isTrue();
    assertThat(anyone.get("/api/bootstrap/status").json().path("initialized").asBoolean()).isTrue();
    var root = login("root@localhost", "Own-3r-of-all");
    assertThat(root.json().at("/memberships/0/isRoot").asBoolean()).isTrue();
    assertThat(root.json().at("/user/emailVerified").asBoolean()).isTrue();
    var created =
        platform
            .events()
            .after(
                Scope.platform("test"),
                EventFilter.subject(UUID.fromString(root.at("/memberships/0/tenantId"))),
                null,
                10);
    assertThat(created).extracting(StoredEvent::type).containsExactly("accounts.tenant.created");
    assertThat(created.getFirst().tenantId()).isNull();
    assertThat(created.getFirst().data())
        .containsEntry("tenant_id", root.at("/memberships/0/tenantId"))
        .containsEntry("name", "Root")
        .containsEntry("slug", "root")
        .containsEntry("root", true)
        .containsEntry("user_id", root.at("/user/id"));
  }

  @Test
  void anApiKeyIsNoSignedInUser() {
    var answer = register(address());
    var caller =
        new Caller(
            UUID.fromString(answer.at("/user/id")),
            null,
            null,
            "ann",
            new Membership(
                UUID.fromString(answer.at("/memberships/0/tenantId")), Role.OWNER, false),
            "request",
            "127.0.0.1");
    var key = all.wiring.apiKeys.create(caller, "ci", ApiKey.Authority.USER);
    var client = platform.bearer(key.raw());
    assertThat(client.get("/api/tenant/members").status()).isEqualTo(200);
    assertThat(client.get("/api/auth/me").status()).isEqualTo(403);
    assertThat(platform.bearer("lsk_" + "x".repeat(43)).get("/api/tenant/members").status())
        .isEqualTo(401);
  }
}
