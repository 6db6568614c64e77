package dev.slipway.accounts.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.service.Accounts;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.service.TestMapper;
import dev.slipway.accounts.store.guess.GuessStore;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.api.CommonError;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginServiceIT {
  static Accounts accounts;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  @BeforeEach
  void resetClock() {
    accounts.later.set(Duration.ZERO);
    accounts.passwords.meanwhile.set(() -> {});
  }

  static SignedIn login(String email, String password) {
    return accounts.logins.login(email, password, null, Accounts.ORIGIN);
  }

  static PlatformException refusal(String email, String password) {
    return assertThrows(PlatformException.class, () -> login(email, password));
  }

  static void wrong(String email) {
    wrong(email, "Wrong-guess-77");
  }

  static void wrong(String email, String password) {
    assertThat(refusal(email, password).code()).isEqualTo(AccountsError.WRONG_CREDENTIALS);
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
  void anAddressOfNobodyIsLockedAlike() {
    for (var attempt = 0; attempt < 5; attempt++) {
      wrong("nobody@example.com");
    }
    assertThat(refusal("NOBODY@example.com", "Wrong-guess-77").code())
        .isEqualTo(AccountsError.LOCKED);
  }

  @Test
  void aCheckThatFailsIsNoGuess() {
    accounts.register("busy@example.com");
    accounts.passwords.meanwhile.set(
        () -> {
          throw CommonError.UNAVAILABLE.of("Sign-in");
        });
    for (var attempt = 0; attempt < 6; attempt++) {
      assertThat(refusal("busy@example.com", Accounts.PASSWORD).code())
          .isEqualTo(CommonError.UNAVAILABLE);
    }
    accounts.passwords.meanwhile.set(() -> {});
    assertThat(login("busy@example.com", Accounts.PASSWORD)).isNotNull();
  }

  @Test
  void aPasswordThatIsReplacedWhileItIsCheckedOpensNothing() {
    var user = accounts.register("replaced@example.com").user();
    accounts.passwords.meanwhile.set(
        () ->
            accounts.db.run(
                Accounts.PLATFORM,
                () -> accounts.users.setPassword(user.id(), "plain:An0ther-g00d-one")));
    wrong("replaced@example.com", Accounts.PASSWORD);
    accounts.passwords.meanwhile.set(() -> {});
    var other = accounts.register("switched@example.com").user();
    accounts.passwords.meanwhile.set(
        () -> accounts.change(mapper -> mapper.setUserActive(other.id(), false)));
    wrong("switched@example.com", Accounts.PASSWORD);
  }

  @Test
  void countsOfGuessesAreForgottenAfterADay() {
    wrong("old@example.com");
    var store = new GuessStore(accounts.db);
    var job = new ExpiredSessions(accounts.db, new SessionStore(accounts.db), store);
    job.run();
    assertThat(accounts.count(TestMapper::guesses)).isPositive();
    accounts.change(TestMapper::ageGuesses);
    job.run();
    assertThat(accounts.count(TestMapper::guesses)).isZero();
  }
}
