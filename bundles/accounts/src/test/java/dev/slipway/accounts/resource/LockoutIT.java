package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.service.TestMapper;
import dev.slipway.testkit.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However many guess at once. */
class LockoutIT {
  private static final int GUESSERS = 24;

  static TestAccounts accounts;

  @BeforeAll
  static void start() {
    accounts = new TestAccounts();
  }

  @AfterAll
  static void stop() throws Exception {
    accounts.close();
  }

  static Answer login(String email, String password) {
    accounts.platform.resetRateLimits();
    return accounts.login(email, password);
  }

  static List<Integer> atOnce(Callable<Integer> call) throws Exception {
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(Collections.nCopies(GUESSERS, call))) {
        statuses.add(done.get());
      }
    }
    return statuses;
  }

  static void endLock(String email) {
    accounts.db.write(
        TestAccounts.PLATFORM, () -> accounts.db.mapper(TestMapper.class).endLock(email));
  }

  @Test
  void noMoreThanFiveGuessesAreCheckedAndASuccessResets() throws Exception {
    var email = accounts.person().email();
    var before = accounts.passwords.verified.get();
    var statuses = atOnce(() -> login(email, "Wrong-guess-77").status());
    assertThat(statuses).containsOnly(401, 429);
    assertThat(Collections.frequency(statuses, 401)).isEqualTo(5);
    assertThat(accounts.passwords.verified.get() - before).isEqualTo(5);

    assertThat(login(email, TestAccounts.PASSWORD).status()).isEqualTo(429);
    assertThat(accounts.passwords.verified.get() - before).as("not even looked at").isEqualTo(5);

    endLock(email);
    for (var round = 0; round < 2; round++) {
      for (var attempt = 0; attempt < 4; attempt++) {
        assertThat(login(email, "Wrong-guess-77").status()).isEqualTo(401);
      }
      assertThat(login(email, TestAccounts.PASSWORD).status()).isEqualTo(200);
    }
  }

  @Test
  void aStolenLoginGuessesNoFasterEither() throws Exception {
    var person = accounts.person();
    var body =
        java.util.Map.of("currentPassword", "Wrong-guess-77", "newPassword", "An0ther-g00d-one");
    var before = accounts.passwords.verified.get();
    var statuses =
        atOnce(
            () -> {
              accounts.platform.resetRateLimits();
              return person.client().post("/api/auth/change-password", body).status();
            });
    assertThat(statuses).containsOnly(401, 429);
    assertThat(accounts.passwords.verified.get() - before).isEqualTo(5);
    assertThat(login(person.email(), TestAccounts.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void ofAnAddressOfNobodyNoMoreIsAnswered() throws Exception {
    var email = TestAccounts.address();
    var statuses = atOnce(() -> login(email, "Wrong-guess-77").status());
    assertThat(Collections.frequency(statuses, 401)).isEqualTo(5);
    assertThat(login(email, "Wrong-guess-77").at("/code")).isEqualTo("accounts.session.locked");
  }
}
