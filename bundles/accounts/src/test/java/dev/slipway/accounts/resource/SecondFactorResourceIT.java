package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.service.TestCodes;
import dev.slipway.testkit.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondFactorResourceIT {
  private static final String PATH = "/api/auth/second-factor";

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

  static Answer login(TestAccounts.Person person, String code) {
    return accounts
        .platform
        .anonymous()
        .post(
            "/api/auth/login",
            Map.of("email", person.email(), "password", TestAccounts.PASSWORD, "code", code));
  }

  static String begin(TestAccounts.Person person) {
    var begun = person.client().post(PATH, null);
    assertThat(begun.status()).isEqualTo(201);
    assertThat(begun.at("/uri")).startsWith("otpauth://totp/Slipway:").contains("&issuer=Slipway");
    return begun.at("/secret");
  }

  @Test
  void asksForACodeOnceItIsConfirmed() {
    var person = accounts.person();
    var secret = begin(person);
    assertThat(accounts.login(person.email(), TestAccounts.PASSWORD).status())
        .as("begun is not confirmed")
        .isEqualTo(200);
    assertThat(person.client().post(PATH + "/confirm", Map.of("code", "000000x")).status())
        .isEqualTo(401);
    var confirmed =
        person.client().post(PATH + "/confirm", Map.of("code", TestCodes.code(secret, -1)));
    assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
    assertThat(confirmed.json().path("recoveryCodes")).hasSize(10);
    assertThat(person.client().post(PATH, null).status()).isEqualTo(409);

    var challenge = accounts.login(person.email(), TestAccounts.PASSWORD);
    assertThat(challenge.status()).isEqualTo(401);
    assertThat(challenge.at("/code")).isEqualTo("accounts.session.second-factor-required");
    assertThat(challenge.at("/error")).isNotEmpty();
    assertThat(login(person, TestCodes.code(secret, -1)).status()).as("used").isEqualTo(401);
    var code = TestCodes.code(secret, 0);
    assertThat(login(person, code.substring(0, 3) + " " + code.substring(3)).status())
        .isEqualTo(200);
    assertThat(login(person, code).status()).as("replayed").isEqualTo(401);
  }

  @Test
  void aRecoveryCodeWorksOnce() {
    var person = accounts.person();
    var secret = begin(person);
    var codes = person.client().post(PATH + "/confirm", Map.of("code", TestCodes.code(secret, 0)));
    var code = codes.at("/recoveryCodes/3");
    assertThat(login(person, code).status()).isEqualTo(200);
    assertThat(login(person, code).status()).isEqualTo(401);
    var status = person.client().get(PATH);
    assertThat(status.json().path("enabled").asBoolean()).isTrue();
    assertThat(status.json().path("recoveryCodesLeft").asInt()).isEqualTo(9);

    assertThat(person.client().post(PATH + "/remove", Map.of("code", code)).status())
        .isEqualTo(401);
    var removed =
        person.client().post(PATH + "/remove", Map.of("code", codes.at("/recoveryCodes/4")));
    assertThat(removed.status()).isEqualTo(200);
    assertThat(accounts.login(person.email(), TestAccounts.PASSWORD).status()).isEqualTo(200);
    assertThat(person.client().post(PATH + "/remove", Map.of("code", code)).status())
        .isEqualTo(404);
  }

  @Test
  void guessedCodesLockTheAccount() {
    var person = accounts.person();
    var secret = begin(person);
    person.client().post(PATH + "/confirm", Map.of("code", TestCodes.code(secret, -1)));
    for (var attempt = 0; attempt < 5; attempt++) {
      assertThat(login(person, "wrong!").status()).isEqualTo(401);
    }
    assertThat(login(person, TestCodes.code(secret, 1)).status()).isEqualTo(429);
  }
}
