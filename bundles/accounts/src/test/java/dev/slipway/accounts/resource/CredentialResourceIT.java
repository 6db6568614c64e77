package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.util.Map;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mailed tokens and passwords, from the mail that really came. */
class CredentialResourceIT {
  private static final String OTHER = "Corr3ct-horse!battery";

  static TestAccounts accounts;

  final TestClient anyone = accounts.platform.anonymous();

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

  Answer post(String operation, Map<String, String> body) {
    return anyone.post("/api/auth/" + operation, body);
  }

  Answer verify(String token) {
    return post("verify-email", Map.of("token", token));
  }

  Answer reset(String token, String password) {
    return post("reset-password", Map.of("token", token, "newPassword", password));
  }

  /** Statements on times. */
  public interface Clock {
    @Update("update accounts_token set expires_at = now() where user_id = #{user}")
    int expireTokens(@Param("user") UUID user);

    @Update("update accounts_mail_request set asked_at = asked_at - interval '61 seconds'")
    int aMinuteLater();

    @Select("select count(*) from accounts_token where token_hash = #{raw}")
    int inTheClear(@Param("raw") String raw);

    @Select("select count(*) from security_audit where user_id = #{user} and action = #{action}")
    int audited(@Param("user") UUID user, @Param("action") String action);
  }

  static int change(java.util.function.ToIntFunction<Clock> work) {
    return accounts.db.write(
        TestAccounts.PLATFORM, () -> work.applyAsInt(accounts.db.mapper(Clock.class)));
  }

  @Test
  void verifiesTheAddressOnce() {
    var person = accounts.person();
    var mail = accounts.mail.await(person.email());
    assertThat(mail.link()).asString().startsWith("https://app.example.com/verify-email?token=");
    assertThat(mail.html()).contains("Ann &lt;b&gt;Smith&lt;/b&gt;").doesNotContain("<b>");
    var token = mail.parameter("token");
    assertThat(change(clock -> clock.inTheClear(token))).isZero();

    assertThat(verify(token).status()).isEqualTo(200);
    assertThat(person.client().get("/api/auth/me").json().at("/user/emailVerified").asBoolean())
        .isTrue();
    assertThat(accounts.events("accounts.user.verified", person.id()))
        .singleElement()
        .satisfies(event -> assertThat(event.text("email")).isEqualTo(person.email()));
    var again = verify(token);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.at("/code")).isEqualTo("accounts.token.invalid");
    assertThat(again.fields()).containsExactly("token");
  }

  @Test
  void refusesTokensThatAreNone() {
    var person = accounts.person();
    var token = accounts.mail.await(person.email()).parameter("token");
    change(clock -> clock.expireTokens(person.id()));
    assertThat(verify(token).status()).isEqualTo(400);
    assertThat(verify("unknown").status()).isEqualTo(400);
    assertThat(verify("").status()).isEqualTo(400);
    assertThat(verify("x".repeat(300)).status()).isEqualTo(400);
    assertThat(anyone.post("/api/auth/verify-email", Map.of()).status()).isEqualTo(400);
    // A verification is no permission to set a password.
    assertThat(reset(token, OTHER).status()).isEqualTo(400);
  }

  @Test
  void resendsWithoutTellingWhoIsThere() {
    var person = accounts.person();
    accounts.mail.await(person.email());
    var known = post("resend-verification", Map.of("email", person.email()));
    var unknown = post("resend-verification", Map.of("email", "nobody-resend@example.com"));
    assertThat(known.status()).isEqualTo(200);
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.text()).isEqualTo(known.text());
    var token = accounts.mail.await(person.email(), 2).parameter("token");
    accounts.platform.resetRateLimits();
    for (var email : new String[] {person.email(), "nobody-resend@example.com"}) {
      var tooSoon = post("resend-verification", Map.of("email", email));
      assertThat(tooSoon.status()).isEqualTo(429);
      assertThat(tooSoon.header("Retry-After")).isPresent();
    }
    change(Clock::aMinuteLater);
    accounts.platform.resetRateLimits();
    assertThat(post("resend-verification", Map.of("email", person.email())).status())
        .isEqualTo(200);
    accounts.mail.await(person.email(), 3);
    assertThat(verify(token).status()).as("only the newest link works").isEqualTo(400);
    assertThat(accounts.mail.to("nobody-resend@example.com")).isEmpty();
  }

  @Test
  void resetsThePasswordAndEndsAllLogins() {
    var person = accounts.person();
    var known = post("forgot-password", Map.of("email", person.email()));
    var unknown = post("forgot-password", Map.of("email", "nobody-forgot@example.com"));
    assertThat(known.status()).isEqualTo(200);
    assertThat(unknown.text()).isEqualTo(known.text());
    var token = accounts.mail.await(person.email(), 2).parameter("token");

    var weak = reset(token, "weak");
    assertThat(weak.status()).isEqualTo(400);
    assertThat(weak.fields()).containsExactly("newPassword");
    assertThat(reset(token, OTHER).status()).as("a weak one did not use it up").isEqualTo(200);
    assertThat(reset(token, OTHER).status()).isEqualTo(400);
    assertThat(person.client().get("/api/auth/me").status()).isEqualTo(401);
    assertThat(
            post("refresh", Map.of("refreshToken", person.answer().at("/refreshToken"))).status())
        .isEqualTo(401);
    assertThat(accounts.login(person.email(), TestAccounts.PASSWORD).status()).isEqualTo(401);
    assertThat(accounts.login(person.email(), OTHER).status()).isEqualTo(200);
    assertThat(accounts.mail.await(person.email(), 3).subject()).contains("changed");
  }

  @Test
  void mailsNoMoreThanThreeResetsAnHour() {
    var person = accounts.person();
    accounts.mail.await(person.email());
    for (var mail = 2; mail <= 4; mail++) {
      assertThat(post("forgot-password", Map.of("email", person.email())).status()).isEqualTo(200);
      accounts.mail.await(person.email(), mail);
    }
    assertThat(post("forgot-password", Map.of("email", person.email())).status()).isEqualTo(200);
    var last = accounts.person();
    post("forgot-password", Map.of("email", last.email()));
    accounts.mail.await(last.email(), 2);
    assertThat(accounts.mail.to(person.email())).as("what came later is here").hasSize(4);
  }

  @Test
  void changesThePasswordAndKeepsThisLogin() {
    var person = accounts.person();
    var elsewhere = accounts.login(person.email(), TestAccounts.PASSWORD);
    var change = "/api/auth/change-password";
    var missing = person.client().post(change, Map.of("newPassword", OTHER));
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.fields()).containsExactly("currentPassword");
    var wrong =
        person
            .client()
            .post(change, Map.of("currentPassword", "Wrong-guess-77", "newPassword", OTHER));
    assertThat(wrong.status()).isEqualTo(401);
    var good =
        person
            .client()
            .post(change, Map.of("currentPassword", TestAccounts.PASSWORD, "newPassword", OTHER));
    assertThat(good.status()).as(good.text()).isEqualTo(200);
    assertThat(person.client().get("/api/auth/me").status()).isEqualTo(200);
    assertThat(accounts.platform.bearer(elsewhere.at("/accessToken")).get("/api/auth/me").status())
        .isEqualTo(401);
    assertThat(accounts.login(person.email(), OTHER).status()).isEqualTo(200);
    assertThat(change(clock -> clock.audited(person.id(), "accounts.password.change")))
        .isPositive();
  }

  @Test
  void aStolenLoginCanNotGuessThePassword() {
    var person = accounts.person();
    for (var attempt = 0; attempt < 5; attempt++) {
      assertThat(
              person
                  .client()
                  .post(
                      "/api/auth/change-password",
                      Map.of("currentPassword", "Wrong-guess-77", "newPassword", OTHER))
                  .status())
          .isEqualTo(401);
    }
    assertThat(
            person
                .client()
                .post(
                    "/api/auth/change-password",
                    Map.of("currentPassword", TestAccounts.PASSWORD, "newPassword", OTHER))
                .status())
        .isEqualTo(429);
  }

  @Test
  void limitsEachRemoteAddress() {
    for (var call = 0; call < 10; call++) {
      assertThat(verify("x").status()).isEqualTo(400);
    }
    assertThat(verify("x").status()).isEqualTo(429);
    for (var call = 0; call < 5; call++) {
      assertThat(post("forgot-password", Map.of("email", "no address")).status()).isEqualTo(200);
    }
    assertThat(post("forgot-password", Map.of("email", "no address")).status()).isEqualTo(429);
  }
}
