package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.service.TestMapper;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that are expired, replayed, tampered with or meant for something else, and odd texts. */
class BadInputIT {
  private static final String OTHER = "Corr3ct-horse!battery";

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

  static Answer post(String operation, Map<String, ?> body) {
    accounts.platform.resetRateLimits();
    return accounts.platform.anonymous().post("/api/auth/" + operation, body);
  }

  static int change(ToIntFunction<TestMapper> work) {
    return accounts.db.write(
        TestAccounts.PLATFORM, () -> work.applyAsInt(accounts.db.mapper(TestMapper.class)));
  }

  static int me(String token) {
    return accounts.platform.bearer(token).get("/api/auth/me").status();
  }

  static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void accessTokensThatAreNone() {
    var person = accounts.person();
    var token = person.answer().at("/accessToken");
    var other = accounts.person().answer().at("/accessToken");
    assertThat(me(token)).isEqualTo(200);
    var parts = token.split("\\.");
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    var grown = claims.replaceFirst("\"exp\":\\d+", "\"exp\":9999999999");
    assertThat(grown).isNotEqualTo(claims);
    var tampered =
        List.of(
            parts[0] + "." + other.split("\\.")[1] + "." + parts[2],
            parts[0] + "." + base64(grown) + "." + parts[2],
            base64("{\"alg\":\"none\"}") + "." + parts[1] + ".",
            token.substring(0, token.length() - 4),
            parts[0] + "." + parts[1],
            "a.b.c",
            accounts.platform.tokens().issueFor("git", person.id().toString(), Duration.ofHours(1)),
            person.answer().at("/refreshToken"));
    for (var bad : tampered) {
      assertThat(me(bad)).as(bad).isEqualTo(401);
    }
  }

  @Test
  void aTokenOpensNoOtherTenant() {
    var person = accounts.person();
    var other = accounts.person();
    assertThat(person.inTenant(other.tenant()).get("/api/tenant/members").status()).isEqualTo(403);
    var unknown = UUID.randomUUID().toString();
    assertThat(person.inTenant(unknown).get("/api/tenant/members").status()).isEqualTo(403);
    assertThat(person.inTenant("x").get("/api/tenant/members").status()).isEqualTo(400);
  }

  @Test
  void noTokenIsGoodForAnotherPurpose() {
    var host = accounts.person();
    var guest = accounts.person();
    var verification = accounts.mail.await(guest.email()).parameter("token");
    host.inOwn().post("/api/tenant/members/invite", Map.of("email", guest.email(), "role", "user"));
    var invitation = accounts.invitation(guest.email()).parameter("token");
    post("forgot-password", Map.of("email", guest.email()));
    var reset = accounts.mail.await(guest.email(), 3).parameter("token");
    var tokens =
        Map.of(
            "access", guest.answer().at("/accessToken"),
            "refresh", guest.answer().at("/refreshToken"),
            "verification", verification,
            "invitation", invitation,
            "reset", reset);
    tokens.forEach(
        (kind, token) -> {
          // An access token is longer than any of the others may be: that is 400 too.
          if (!kind.equals("refresh")) {
            assertThat(post("refresh", Map.of("refreshToken", token)).status())
                .as("%s as refresh", kind)
                .isIn(400, 401);
          }
          if (!kind.equals("reset")) {
            var body = Map.of("token", token, "newPassword", OTHER);
            assertThat(post("reset-password", body).status())
                .as("%s as reset", kind)
                .isEqualTo(400);
          }
          if (!kind.equals("verification")) {
            assertThat(post("verify-email", Map.of("token", token)).status())
                .as("%s as verification", kind)
                .isEqualTo(400);
          }
          if (!kind.equals("invitation")) {
            assertThat(
                    guest
                        .client()
                        .post("/api/auth/accept-invitation", Map.of("token", token))
                        .status())
                .as("%s as invitation", kind)
                .isEqualTo(400);
          }
          assertThat(post("google/second-factor", Map.of("ticket", token, "code", "1")).status())
              .as("%s as ticket", kind)
              .isEqualTo(400);
        });
  }

  @Test
  void resetTokensExpireAndWorkOnce() {
    var person = accounts.person();
    post("forgot-password", Map.of("email", person.email()));
    var expired = accounts.mail.await(person.email(), 2).parameter("token");
    change(mapper -> mapper.expireMailedTokens(person.id()));
    assertThat(post("reset-password", Map.of("token", expired, "newPassword", OTHER)).status())
        .isEqualTo(400);
    post("forgot-password", Map.of("email", person.email()));
    var token = accounts.mail.await(person.email(), 3).parameter("token");
    var flipped = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
    assertThat(post("reset-password", Map.of("token", flipped, "newPassword", OTHER)).status())
        .isEqualTo(400);
    assertThat(post("reset-password", Map.of("token", token, "newPassword", OTHER)).status())
        .isEqualTo(200);
    assertThat(post("reset-password", Map.of("token", token, "newPassword", OTHER)).status())
        .as("replayed")
        .isEqualTo(400);
  }

  @Test
  void anInvitationExpires() {
    var host = accounts.person();
    var guest = accounts.person();
    host.inOwn()
        .post("/api/tenant/members/invite", Map.of("email", guest.email(), "role", "admin"));
    var body = Map.of("token", accounts.invitation(guest.email()).parameter("token"));
    change(mapper -> mapper.expireInvitations(guest.email()));
    assertThat(guest.client().post("/api/auth/accept-invitation", body).status()).isEqualTo(400);
    assertThat(guest.client().get("/api/auth/me").json().path("memberships")).hasSize(1);
  }

  static Answer register(String displayName) {
    return registerRaw(accounts.platform.json().write(displayName));
  }

  static Answer registerRaw(String nameInJson) {
    accounts.platform.resetRateLimits();
    var body =
        "{\"email\":\"%s\",\"password\":\"%s\",\"displayName\":%s}"
            .formatted(TestAccounts.address(), TestAccounts.PASSWORD, nameInJson);
    return raw(accounts.platform.anonymous(), body);
  }

  static Answer raw(TestClient client, String body) {
    return client.send(
        "POST", "/api/auth/register", body.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  @Test
  void namesAreOneLineOfWhateverScript() {
    for (var name :
        List.of("Ærø Ñandú", "山田 太郎", "\uD83D\uDC69\u200D\uD83D\uDCBB".repeat(50), "\"><script>")) {
      var answer = register(name);
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      assertThat(answer.at("/user/displayName")).isEqualTo(name);
      assertThat(answer.at("/memberships/0/tenantSlug")).matches("[a-z0-9-]+");
    }
    for (var name :
        List.of(
            "a\u0000b", "a\r\nBcc: x", "a\u0085b", "a\u202Eb", "a\u2028b", "\t", "x".repeat(201))) {
      var answer = register(name);
      assertThat(answer.status()).as(name).isEqualTo(400);
      assertThat(answer.fields()).containsExactly("displayName");
    }
    assertThat(registerRaw("\"a\\ud800b\"").status()).isEqualTo(400);
    for (var json : List.of("1", "null", "[]", "{}", "[\"a\"]")) {
      assertThat(registerRaw(json).status()).as(json).isEqualTo(400);
    }
  }

  @Test
  void nobodyIsCalledByATextThatIsNoAddress() {
    for (var email : List.of("a@b", "a@b..c", "ä@example.com", "a@exämple.com", "a b@x.org")) {
      var body = new HashMap<String, Object>();
      body.putAll(Map.of("email", email, "password", OTHER, "displayName", "Ann"));
      assertThat(post("register", body).fields()).as(email).contains("email");
      assertThat(post("login", Map.of("email", email, "password", OTHER)).status()).isEqualTo(401);
      assertThat(post("forgot-password", Map.of("email", email)).status()).isEqualTo(200);
      assertThat(post("resend-verification", Map.of("email", email)).status()).isEqualTo(200);
    }
    // No text that the database can not hold gets as far as an address is looked at.
    var unstorable = Map.of("email", "a\u0000@example.com", "password", OTHER);
    assertThat(post("login", unstorable).fields()).containsExactly("email");
  }

  @Test
  void nothingIsReadThatIsTooLong() {
    var anyone = accounts.platform.anonymous();
    var huge = "{\"email\":\"" + "x".repeat(2 << 20) + "\"}";
    assertThat(raw(anyone, huge).status()).isEqualTo(413);
    accounts.platform.resetRateLimits();
    assertThat(raw(anyone, "[".repeat(100_000)).status()).isEqualTo(400);
    assertThat(post("login", Map.of("email", "x".repeat(1001), "password", "x")).fields())
        .containsExactly("email");
    assertThat(post("login", Map.of("email", "a@b.org", "password", "x".repeat(1001))).fields())
        .containsExactly("password");
    assertThat(post("refresh", Map.of("refreshToken", "x".repeat(201))).status()).isEqualTo(400);
  }
}
