package dev.slipway.accounts.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.accounts.AccountsError;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginServiceIT {
  @TempDir static Path folder;
  static Accounts accounts;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open(folder);
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  @BeforeEach
  void resetClock() {
    accounts.later.set(Duration.ZERO);
  }

  static SignedIn login(String email, String password) {
    return accounts.logins.login(email, password, null, "192.0.2.1");
  }

  static PlatformException refusal(String email, String password) {
    return assertThrows(PlatformException.class, () -> login(email, password));
  }

  static void wrong(String email) {
    assertThat(refusal(email, "Wrong-guess-77").code()).isEqualTo(AccountsError.WRONG_CREDENTIALS);
  }

  @Test
  void opensALoginOfItsOwn() {
    var registered = accounts.register("login@example.com");
    var signedIn = login("LOGIN@example.com", Accounts.PASSWORD);
    assertThat(signedIn.user().id()).isEqualTo(registered.user().id());
    assertThat(signedIn.seats()).isEqualTo(registered.seats());
    assertThat(Accounts.session(signedIn)).isNotEqualTo(Accounts.session(registered));
    assertThat(signedIn.user().lastLoginAt()).isAfter(registered.user().lastLoginAt());
    assertThat(accounts.principals.user(signedIn.user().id(), Accounts.session(signedIn), null))
        .isPresent();
  }

  @Test
  void refusesAllAlikeAndSpendsTheSame() {
    var user = accounts.register("inactive@example.com").user();
    accounts.change(mapper -> mapper.setUserActive(user.id(), false));
    var spent = accounts.passwords.verified.get() + accounts.passwords.pretended.get();

    var inactive = refusal("inactive@example.com", Accounts.PASSWORD);
    var wrong = refusal("inactive@example.com", "Wrong-guess-77");
    var unknown = refusal("unknown@example.com", Accounts.PASSWORD);
    var malformed = refusal("not an address\0", Accounts.PASSWORD);
    assertThat(List.of(inactive, wrong, unknown, malformed))
        .allSatisfy(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(AccountsError.WRONG_CREDENTIALS);
              assertThat(refusal.getMessage()).isEqualTo(inactive.getMessage());
              assertThat(refusal.fields()).isEmpty();
            });
    assertThat(accounts.passwords.verified.get() + accounts.passwords.pretended.get())
        .isEqualTo(spent + 4);
  }

  @Test
  void locksAfterFiveFailuresInARow() {
    accounts.register("lock@example.com");
    for (var attempt = 0; attempt < 5; attempt++) {
      wrong("lock@example.com");
    }
    var locked = refusal("lock@example.com", Accounts.PASSWORD);
    assertThat(locked.code()).isEqualTo(AccountsError.LOCKED);
    assertThat(locked.code().kind()).isEqualTo(ErrorKind.LIMITED);
    assertThat(locked.retryAfter()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));

    accounts.later.set(Duration.ofMinutes(16));
    assertThat(login("lock@example.com", Accounts.PASSWORD)).isNotNull();
  }

  @Test
  void aLockThatHasEndedStartsANewCount() {
    accounts.register("again@example.com");
    for (var attempt = 0; attempt < 5; attempt++) {
      wrong("again@example.com");
    }
    accounts.later.set(Duration.ofMinutes(16));
    for (var attempt = 0; attempt < 4; attempt++) {
      wrong("again@example.com");
    }
    assertThat(login("again@example.com", Accounts.PASSWORD)).isNotNull();
  }

  @Test
  void aGoodLoginEndsTheRow() {
    accounts.register("row@example.com");
    for (var round = 0; round < 3; round++) {
      for (var attempt = 0; attempt < 4; attempt++) {
        wrong("row@example.com");
      }
      assertThat(login("row@example.com", Accounts.PASSWORD)).isNotNull();
    }
  }

  @Test
  void aLockThatFallsWhileThePasswordIsCheckedCounts() {
    var user = accounts.register("guess@example.com").user();
    var now = accounts.now();
    accounts.db.run(
        Accounts.PLATFORM,
        () -> accounts.users.failed(user.id(), now, 1, now.plus(Duration.ofMinutes(15))));
    // The rows as the winner of a race finds them: good password, but locked meanwhile.
    assertThat(accounts.<Boolean>inUnit(() -> accounts.users.succeeded(user.id(), accounts.now())))
        .isFalse();
    assertThatThrownBy(() -> login("guess@example.com", Accounts.PASSWORD))
        .isInstanceOf(PlatformException.class);
  }
}
