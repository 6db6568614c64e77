package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.oidc.OidcIntegration;
import dev.slipway.accounts.oidc.OidcProvider;
import dev.slipway.accounts.service.TestCodes;
import dev.slipway.accounts.service.TestMapper;
import dev.slipway.api.spi.Integration;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-in at a provider of our own that checks what it is sent. */
class OidcResourceIT {
  static TestIssuer issuer;
  static TestAccounts accounts;

  @BeforeAll
  static void start() {
    issuer = new TestIssuer();
    accounts = new TestAccounts(issuer.settings(), issuer);
  }

  @AfterAll
  static void stop() throws Exception {
    accounts.close();
    issuer.close();
  }

  @BeforeEach
  void honest() {
    accounts.platform.resetRateLimits();
    issuer.lie = UnaryOperator.identity();
    issuer.tampering = UnaryOperator.identity();
    issuer.kid = "k1";
    issuer.refusals.clear();
  }

  @Test
  void theAdminAreaSeesHowTheProviderIs() {
    var counted = new AtomicInteger();
    var provider = new OidcProvider(issuer, accounts.platform.facts());
    provider.setCalls(name -> counted.addAndGet(name.equals("google_oauth") ? 1 : 1000));
    var integration = new OidcIntegration(provider);
    assertThat(integration.check().status()).isEqualTo(Integration.Status.HEALTHY);
    assertThat(counted).as("metadata and keys").hasValue(2);

    try (var gone = new TestIssuer()) {
      gone.settings().forEach(accounts.platform.facts()::set);
    }
    var unreachable = new OidcIntegration(new OidcProvider(issuer, accounts.platform.facts()));
    issuer.settings().forEach(accounts.platform.facts()::set);
    assertThat(unreachable.check().status()).isEqualTo(Integration.Status.UNHEALTHY);
  }

  static Map<String, Object> person(String email) {
    return Map.of(
        "sub", UUID.randomUUID().toString(), "email", email, "email_verified", true, "name", "Gil");
  }

  record Begun(URI to, String cookie) {}

  static Begun begin() {
    var answer = accounts.platform.anonymous().get("/api/auth/google");
    assertThat(answer.status()).isEqualTo(307);
    var cookie = answer.header("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax").contains("Max-Age=600");
    return new Begun(URI.create(answer.header("Location").orElseThrow()), cookie.split(";", 2)[0]);
  }

  static Answer returned(URI callback, String cookie) {
    var client = accounts.platform.anonymous();
    var from = cookie.isEmpty() ? client : client.with("Cookie", cookie);
    return from.get(callback.getRawPath() + "?" + callback.getRawQuery());
  }

  static String landed(Answer answer) {
    assertThat(answer.status()).isEqualTo(307);
    return answer.header("Location").orElseThrow();
  }

  static String signIn(Map<String, Object> claims) {
    var begun = begin();
    return landed(returned(issuer.consent(begun.to(), claims), begun.cookie()));
  }

  static void refused(String landed, String word) {
    assertThat(landed).isEqualTo("https://app.example.com/login?error=" + word);
  }

  static Answer me(String landed) {
    assertThat(landed).startsWith("https://app.example.com/auth/callback#access_token=");
    var token = landed.replaceAll(".*access_token=([^&]*)&refresh_token=.+", "$1");
    return accounts.platform.bearer(token).get("/api/auth/me");
  }

  @Test
  void makesAnAccountAndKnowsItAgain() {
    var claims = person(TestAccounts.address());
    var first = me(signIn(claims));
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.at("/user/email")).isEqualTo(claims.get("email"));
    assertThat(first.at("/user/displayName")).isEqualTo("Gil");
    assertThat(first.json().at("/user/emailVerified").asBoolean()).isTrue();
    assertThat(first.at("/user/authMethods/0/provider")).isEqualTo("google");
    assertThat(first.at("/memberships/0/role")).isEqualTo("owner");
    var moved = new HashMap<>(claims);
    moved.put("email", TestAccounts.address());
    assertThat(me(signIn(moved)).at("/user/id")).isEqualTo(first.at("/user/id"));
    assertThat(issuer.refusals).isEmpty();
    var out = accounts.platform.anonymous();
    assertThat(out.post("/api/auth/forgot-password", Map.of("email", claims.get("email"))).status())
        .isEqualTo(200);
  }

  @Test
  void linksAVerifiedAddressAndKeepsItsPassword() {
    var known = accounts.person();
    var token = accounts.mail.await(known.email()).parameter("token");
    accounts.platform.anonymous().post("/api/auth/verify-email", Map.of("token", token));
    var me = me(signIn(person(known.email())));
    assertThat(me.at("/user/id")).isEqualTo(known.id().toString());
    assertThat(me.json().at("/user/authMethods").findValuesAsText("provider"))
        .containsExactly("password", "google");
    assertThat(accounts.login(known.email(), TestAccounts.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void whoLayInWaitWithAnAddressNeverVerifiedIsShutOut() {
    var squatter = accounts.person();
    var me = me(signIn(person(squatter.email())));
    assertThat(me.at("/user/id")).isEqualTo(squatter.id().toString());
    assertThat(squatter.client().get("/api/auth/me").status()).isEqualTo(401);
    assertThat(accounts.login(squatter.email(), TestAccounts.PASSWORD).status()).isEqualTo(401);
    assertThat(me.json().path("memberships")).hasSize(1);
    assertThat(me.at("/memberships/0/role")).isEqualTo("owner");
    assertThat(me.at("/memberships/0/tenantId")).as("work is kept").isEqualTo(squatter.tenant());
  }

  @Test
  void whoLayInWaitKeepsNoMemberNearTheAccount() {
    var squatter = accounts.person();
    accounts.member(squatter, "user");
    var second = accounts.member(squatter, "admin");
    var me = me(signIn(person(squatter.email())));
    assertThat(me.json().path("memberships")).hasSize(1);
    assertThat(me.at("/memberships/0/tenantId")).isNotEqualTo(squatter.tenant());
    var own = UUID.fromString(me.at("/memberships/0/tenantId"));
    assertThat(accounts.wiring.tenantService.members(own))
        .extracting(Member::userId)
        .containsExactly(squatter.id());
    var left = UUID.fromString(squatter.tenant());
    assertThat(accounts.wiring.tenantService.owner(left))
        .map(Member::userId)
        .as("nobody else's work is lost")
        .contains(second.id());
    assertThat(accounts.wiring.tenantService.members(left)).hasSize(2);
  }

  @Test
  void anAddressThatTheProviderDoesNotVouchForLinksNothing() {
    var known = accounts.person();
    var claims = new HashMap<>(person(known.email()));
    for (var verified : new Object[] {false, null, "true"}) {
      claims.put("email_verified", verified);
      refused(signIn(claims), "account_creation_failed");
    }
    var me = known.client().get("/api/auth/me");
    assertThat(me.json().at("/user/authMethods").findValuesAsText("provider"))
        .containsExactly("password");
    assertThat(me.json().at("/user/emailVerified").asBoolean()).isFalse();
  }

  @Test
  void refusesStatesThatAreNotThisBrowsers() {
    var begun = begin();
    var callback = issuer.consent(begun.to(), person(TestAccounts.address()));
    refused(landed(returned(callback, "")), "invalid_state");
    begun = begin();
    callback = issuer.consent(begun.to(), person(TestAccounts.address()));
    refused(landed(returned(callback, begin().cookie())), "invalid_state");
    refused(
        landed(returned(URI.create("/api/auth/google/callback?state=x&code=y"), begun.cookie())),
        "invalid_state");
    begun = begin();
    callback = issuer.consent(begun.to(), person(TestAccounts.address()));
    assertThat(me(landed(returned(callback, begun.cookie()))).status()).isEqualTo(200);
    refused(landed(returned(callback, begun.cookie())), "invalid_state");
  }

  @Test
  void refusesAStateThatHasExpired() {
    var begun = begin();
    var callback = issuer.consent(begun.to(), person(TestAccounts.address()));
    change(TestMapper::expireOidcStates);
    refused(landed(returned(callback, begun.cookie())), "invalid_state");
  }

  @Test
  void aCodeOfAnotherSignInIsOfNoUse() {
    var victim = begin();
    var attacker = begin();
    var stolen = issuer.consent(attacker.to(), person(TestAccounts.address()));
    var state = victim.to().getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    var code = stolen.getRawQuery().replaceAll(".*code=([^&]+).*", "$1");
    var injected = URI.create("/api/auth/google/callback?state=" + state + "&code=" + code);
    refused(landed(returned(injected, victim.cookie())), "oauth_exchange_failed");
    assertThat(issuer.refusals).containsExactly("code_verifier");
  }

  static int change(ToIntFunction<TestMapper> work) {
    return accounts.db.write(
        TestAccounts.PLATFORM, () -> work.applyAsInt(accounts.db.mapper(TestMapper.class)));
  }

  static TestAccounts.Person verified() {
    var person = accounts.person();
    var token = accounts.mail.await(person.email()).parameter("token");
    accounts.platform.anonymous().post("/api/auth/verify-email", Map.of("token", token));
    return person;
  }

  /** Sets an authenticator app up, by the code before the present one. */
  static String secondFactor(TestClient client) {
    var secret = client.post("/api/auth/second-factor", null).at("/secret");
    var code = Map.of("code", TestCodes.code(secret, -1));
    assertThat(client.post("/api/auth/second-factor/confirm", code).status()).isEqualTo(200);
    return secret;
  }

  static String ticket(String landed) {
    assertThat(landed)
        .startsWith("https://app.example.com/auth/callback#second_factor=")
        .doesNotContain("token");
    return landed.replaceAll(".*second_factor=", "");
  }

  static Answer confirm(String ticket, String code) {
    accounts.platform.resetRateLimits();
    return accounts
        .platform
        .anonymous()
        .post("/api/auth/google/second-factor", Map.of("ticket", ticket, "code", code));
  }

  @Test
  void asksForTheSecondFactorToo() {
    var known = verified();
    var secret = secondFactor(known.client());
    var ticket = ticket(signIn(person(known.email())));
    assertThat(known.client().get("/api/auth/sessions").json().path("sessions"))
        .as("nothing is open yet")
        .hasSize(1);

    var wrong = confirm(ticket, "000000x");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.at("/code")).isEqualTo("accounts.session.second-factor-wrong");
    assertThat(confirm(ticket, TestCodes.code(secret, -1)).status()).as("used").isEqualTo(401);
    var code = TestCodes.code(secret, 0);
    var unknown = confirm("unknown", code);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.fields()).containsExactly("ticket");

    var in = confirm(ticket, code);
    assertThat(in.status()).as(in.text()).isEqualTo(200);
    assertThat(in.at("/user/id")).isEqualTo(known.id().toString());
    assertThat(accounts.platform.bearer(in.at("/accessToken")).get("/api/auth/me").status())
        .isEqualTo(200);
    assertThat(confirm(ticket, TestCodes.code(secret, 1)).status()).as("used").isEqualTo(400);
    assertThat(confirm(ticket(signIn(person(known.email()))), code).status())
        .as("replayed")
        .isEqualTo(401);
  }

  @Test
  void asksWhoHasNoPasswordToo() {
    var claims = person(TestAccounts.address());
    var landed = signIn(claims);
    var token = landed.replaceAll(".*access_token=([^&]*)&refresh_token=.+", "$1");
    var secret = secondFactor(accounts.platform.bearer(token));
    accounts.platform.resetRateLimits();
    var ticket = ticket(signIn(claims));
    for (var attempt = 0; attempt < 5; attempt++) {
      assertThat(confirm(ticket, "wrong!").status()).isEqualTo(401);
    }
    assertThat(confirm(ticket, TestCodes.code(secret, 0)).status()).isEqualTo(429);
  }

  @Test
  void aTicketExpires() {
    var known = verified();
    var secret = secondFactor(known.client());
    var ticket = ticket(signIn(person(known.email())));
    change(mapper -> mapper.expireMailedTokens(known.id()));
    assertThat(confirm(ticket, TestCodes.code(secret, 0)).status()).isEqualTo(400);
    assertThat(
            accounts
                .platform
                .anonymous()
                .post("/api/auth/verify-email", Map.of("token", ticket))
                .status())
        .isEqualTo(400);
  }

  @Test
  void saysWhyNothingCameOfIt() {
    var begun = begin();
    var state = begun.to().getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    var path = "/api/auth/google/callback?state=" + state;
    refused(
        landed(returned(URI.create(path + "&error=access_denied"), begun.cookie())),
        "oauth_failed");
    for (var empty : new String[] {"", "%20", "%09%0a", "%E2%80%83"}) {
      accounts.platform.resetRateLimits();
      begun = begin();
      state = begun.to().getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
      path = "/api/auth/google/callback?state=" + state;
      refused(
          landed(returned(URI.create(path + "&code=" + empty), begun.cookie())), "oauth_failed");
    }
    begun = begin();
    state = begun.to().getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    path = "/api/auth/google/callback?state=" + state;
    refused(
        landed(returned(URI.create(path + "&code=guessed"), begun.cookie())),
        "oauth_exchange_failed");
    assertThat(issuer.refusals).containsExactly("code");
  }

  static void lying(UnaryOperator<JWTClaimsSet.Builder> lie) {
    issuer.lie = lie;
    accounts.platform.resetRateLimits();
    refused(signIn(person(TestAccounts.address())), "oauth_user_info_failed");
  }

  @Test
  void believesNoFalseToken() throws Exception {
    lying(claims -> claims.audience("another-client"));
    lying(claims -> claims.issuer("https://accounts.example.net"));
    lying(claims -> claims.claim("nonce", "replayed"));
    lying(claims -> claims.claim("nonce", null));
    lying(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600))));
    lying(claims -> claims.subject(null));
    var own = issuer.signingKey;
    issuer.signingKey = new RSAKeyGenerator(2048).keyID("k1").generate();
    try {
      lying(UnaryOperator.identity());
    } finally {
      issuer.signingKey = own;
    }
  }

  static void tampered(UnaryOperator<String> tampering) {
    issuer.tampering = tampering;
    accounts.platform.resetRateLimits();
    assertThat(signIn(person(TestAccounts.address())))
        .matches(".*/login\\?error=oauth_(user_info|exchange)_failed");
    issuer.tampering = UnaryOperator.identity();
  }

  static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String hmac(String signed, byte[] key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void believesNoTokenThatSomebodyElseCouldHaveMade() throws Exception {
    tampered(token -> base64("{\"alg\":\"none\"}") + "." + token.split("\\.")[1] + ".");
    var hs256 = base64("{\"alg\":\"HS256\",\"kid\":\"k1\"}");
    var shared = TestIssuer.SECRET.getBytes(StandardCharsets.UTF_8);
    tampered(token -> hmac(hs256 + "." + token.split("\\.")[1], shared));
    var known = issuer.signingKey.toRSAPublicKey().getEncoded();
    tampered(token -> hmac(hs256 + "." + token.split("\\.")[1], known));
    tampered(
        token -> {
          var parts = token.split("\\.");
          var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
          var other = payload.replaceFirst("\"sub\":\"[^\"]*\"", "\"sub\":\"other\"");
          return parts[0] + "." + base64(other) + "." + parts[2];
        });
    tampered(token -> token.substring(0, token.lastIndexOf('.') + 1));
    issuer.kid = "k9";
    tampered(UnaryOperator.identity());
    issuer.kid = "k1";
    assertThat(me(signIn(person(TestAccounts.address()))).status()).isEqualTo(200);
  }

  @Test
  void withoutAProviderThereIsNone() throws Exception {
    try (var plain = new TestAccounts()) {
      for (var path : new String[] {"/api/auth/google", "/api/auth/google/callback?state=x"}) {
        var answer = plain.platform.anonymous().get(path);
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.at("/code")).isEqualTo("accounts.oidc.not-configured");
      }
    }
  }
}
