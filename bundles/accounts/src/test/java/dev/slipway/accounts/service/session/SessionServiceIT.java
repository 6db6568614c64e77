package dev.slipway.accounts.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.service.Accounts;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.store.guess.GuessStore;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionServiceIT {
  private static final int RACERS = 8;

  static Accounts accounts;

  SignedIn signedIn;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  @BeforeEach
  void signIn() {
    accounts.later.set(Duration.ZERO);
    accounts.forgotten.ids.clear();
    signedIn = accounts.register(UUID.randomUUID() + "@example.com");
  }

  static void refused(String token) {
    assertThatThrownBy(() -> accounts.sessions.refresh(token))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(AccountsError.REFRESH_TOKEN_INVALID));
  }

  boolean revoked() {
    return accounts.count(mapper -> mapper.revoked(Accounts.session(signedIn))) == 1;
  }

  /** All the answers of one token that is sent by many at once. */
  static List<SignedIn> race(String token) throws Exception {
    var attempts =
        Collections.<Callable<SignedIn>>nCopies(RACERS, () -> accounts.sessions.refresh(token));
    var won = new ArrayList<SignedIn>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var attempt : threads.invokeAll(attempts)) {
        try {
          won.add(attempt.get());
        } catch (ExecutionException refused) {
          assertThat(refused.getCause())
              .isInstanceOfSatisfying(
                  PlatformException.class,
                  refusal ->
                      assertThat(refusal.code()).isEqualTo(AccountsError.REFRESH_TOKEN_INVALID));
        }
      }
    }
    return won;
  }

  @Test
  void exchangesATokenWithinTheSameLogin() {
    var next = accounts.sessions.refresh(signedIn.refreshToken());
    assertThat(next.refreshToken()).isNotEqualTo(signedIn.refreshToken());
    assertThat(Accounts.session(next)).isEqualTo(Accounts.session(signedIn));
    assertThat(next.user().id()).isEqualTo(signedIn.user().id());
    assertThat(next.seats()).isEqualTo(signedIn.seats());
    assertThat(accounts.sessions.refresh(next.refreshToken())).isNotNull();
  }

  @Test
  void refusesWhatIsUnknown() {
    for (var token : List.of("", "unknown", "a\0b", SecretToken.create("").raw())) {
      refused(token);
    }
  }

  @Test
  void oneOfManyAtOnceWinsAndTheLoginGoesOn() throws Exception {
    var won = race(signedIn.refreshToken());
    assertThat(won).hasSize(1);
    assertThat(revoked()).isFalse();
    assertThat(accounts.forgotten.ids).isEmpty();
    assertThat(accounts.sessions.refresh(won.getFirst().refreshToken())).isNotNull();
  }

  @Test
  void aTokenSentTwiceWithinTheGraceIsRefusedOnly() {
    var next = accounts.sessions.refresh(signedIn.refreshToken());
    accounts.later.set(Duration.ofSeconds(5));
    refused(signedIn.refreshToken());
    assertThat(revoked()).isFalse();
    assertThat(accounts.sessions.refresh(next.refreshToken())).isNotNull();
  }

  @Test
  void aTokenUsedAgainLaterEndsTheLogin() {
    var user = signedIn.user().id();
    var session = Accounts.session(signedIn);
    var next = accounts.sessions.refresh(signedIn.refreshToken());
    accounts.later.set(Duration.ofSeconds(12));
    assertThat(accounts.principals.user(user, session, null)).isPresent();

    refused(signedIn.refreshToken());
    assertThat(revoked()).isTrue();
    assertThat(accounts.forgotten.ids).containsExactly(user);
    assertThat(accounts.principals.user(user, session, null)).isEmpty();
    refused(next.refreshToken());
  }

  @Test
  void reuseAndExchangeAtOnceLeaveNoWayIn() throws Exception {
    var next = accounts.sessions.refresh(signedIn.refreshToken());
    accounts.later.set(Duration.ofSeconds(12));
    var stolen = signedIn.refreshToken();
    var fresh = new ArrayList<SignedIn>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var thief = threads.submit(() -> refused(stolen));
      var owner = threads.submit(() -> race(next.refreshToken()));
      thief.get();
      fresh.addAll(owner.get());
    }
    assertThat(fresh).hasSizeLessThanOrEqualTo(1);
    assertThat(revoked()).isTrue();
    fresh.forEach(answer -> refused(answer.refreshToken()));
    assertThat(accounts.principals.user(signedIn.user().id(), Accounts.session(signedIn), null))
        .isEmpty();
  }

  @Test
  void otherLoginsOfTheUserGoOn() {
    var other =
        accounts.logins.login(signedIn.user().email(), Accounts.PASSWORD, null, Accounts.ORIGIN);
    accounts.sessions.refresh(signedIn.refreshToken());
    accounts.later.set(Duration.ofSeconds(12));
    refused(signedIn.refreshToken());
    assertThat(accounts.sessions.refresh(other.refreshToken())).isNotNull();
  }

  @Test
  void expiresAfterThirtyDays() {
    accounts.later.set(Duration.ofDays(30).minusMinutes(1));
    var next = accounts.sessions.refresh(signedIn.refreshToken());
    accounts.later.set(Duration.ofDays(60).minusMinutes(2));
    next = accounts.sessions.refresh(next.refreshToken());
    accounts.later.set(Duration.ofDays(91));
    refused(next.refreshToken());
    assertThat(revoked()).isFalse();
  }

  @Test
  void anInactiveUserGetsNone() {
    accounts.change(mapper -> mapper.setUserActive(signedIn.user().id(), false));
    refused(signedIn.refreshToken());
  }

  @Test
  void logoutEndsTheLogin() {
    var caller = Accounts.caller(signedIn);
    accounts.sessions.logout(caller, null);
    assertThat(revoked()).isTrue();
    assertThat(accounts.forgotten.ids).containsExactly(signedIn.user().id());
    refused(signedIn.refreshToken());
    accounts.sessions.logout(caller, signedIn.refreshToken());
    assertThat(accounts.forgotten.ids).hasSize(1);
  }

  @Test
  void logoutEndsTheLoginOfTheTokenSentWhereItIsTheCallers() {
    var other =
        accounts.logins.login(signedIn.user().email(), Accounts.PASSWORD, null, Accounts.ORIGIN);
    var stranger = accounts.register(UUID.randomUUID() + "@example.com");
    accounts.sessions.logout(Accounts.caller(signedIn), stranger.refreshToken());
    accounts.sessions.logout(Accounts.caller(signedIn), other.refreshToken());
    refused(other.refreshToken());
    assertThat(accounts.sessions.refresh(stranger.refreshToken())).isNotNull();
  }

  @Test
  void anApiKeyHasNoLoginToEnd() {
    var key = new Caller(null, Ids.next(), null, "ci", null, "request", "192.0.2.1");
    assertThatThrownBy(() -> accounts.sessions.logout(key, null))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(CommonError.FORBIDDEN));
  }

  @Test
  void whatHasExpiredIsRemoved() {
    var other =
        accounts.logins.login(signedIn.user().email(), Accounts.PASSWORD, null, Accounts.ORIGIN);
    accounts.sessions.refresh(other.refreshToken());
    var past = Instant.now().minusSeconds(1);
    accounts.change(mapper -> mapper.expireSession(Accounts.session(signedIn), past));
    accounts.change(mapper -> mapper.expireTokens(Accounts.session(other), past));

    new ExpiredSessions(accounts.db, new SessionStore(accounts.db), new GuessStore(accounts.db))
        .run();
    assertThat(accounts.count(mapper -> mapper.sessions(Accounts.session(signedIn)))).isZero();
    assertThat(accounts.count(mapper -> mapper.tokensOf(Accounts.session(signedIn)))).isZero();
    assertThat(accounts.count(mapper -> mapper.sessions(Accounts.session(other)))).isOne();
    assertThat(accounts.count(mapper -> mapper.tokensOf(Accounts.session(other)))).isZero();
  }
}
