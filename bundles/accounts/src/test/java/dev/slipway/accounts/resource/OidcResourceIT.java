package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.slipway.accounts.oidc.OidcIntegration;
import dev.slipway.accounts.oidc.OidcProvider;
import dev.slipway.api.spi.Integration;
import dev.slipway.testkit.Answer;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
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
  }

  @Test
  void anAddressThatTheProviderDoesNotVouchForLinksNothing() {
    var known = accounts.person();
    var claims = new HashMap<>(person(known.email()));
    claims.put("email_verified", false);
    refused(signIn(claims), "account_creation_failed");
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
  void saysWhyNothingCameOfIt() {
    var begun = begin();
    var state = begun.to().getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    var path = "/api/auth/google/callback?state=" + state;
    refused(
        landed(returned(URI.create(path + "&error=access_denied"), begun.cookie())),
        "oauth_failed");
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
