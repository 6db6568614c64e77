package dev.slipway.accounts.service.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.oidc.OidcIdentity;
import dev.slipway.accounts.service.Accounts;
import dev.slipway.api.PlatformException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a request costs does not tell whether anybody has the address: work is counted, not timed.
 */
class EqualWorkIT {
  static Accounts accounts;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  static String address() {
    return UUID.randomUUID() + "@example.com";
  }

  static String known() {
    var email = address();
    accounts.register(email);
    return email;
  }

  /** Somebody without a password. */
  static String fromElsewhere() throws Exception {
    var email = address();
    accounts.all.oidcAccounts.signIn(
        new OidcIdentity("https://issuer.example.com", email, email, true, "Gil"), Accounts.ORIGIN);
    return email;
  }

  static String inactive() {
    var email = address();
    var user = accounts.register(email).user();
    accounts.change(mapper -> mapper.setUserActive(user.id(), false));
    return email;
  }

  static void wrong(String email) {
    var refusal =
        assertThrows(
            PlatformException.class,
            () -> accounts.logins.login(email, "Wrong-guess-77", null, Accounts.ORIGIN));
    assertThat(refusal.code()).isEqualTo(AccountsError.WRONG_CREDENTIALS);
  }

  static int hashes() {
    return accounts.passwords.verified.get() + accounts.passwords.pretended.get();
  }

  @Test
  void signInWithAWrongPassword() throws Exception {
    for (var email : List.of(known(), fromElsewhere(), inactive(), address())) {
      var before = hashes();
      assertThat(accounts.db.of(() -> wrong(email)))
          .containsExactly("write", "GuessMapper.count", "read", "CredentialMapper.signIn");
      assertThat(hashes() - before).isEqualTo(1);
    }
  }

  static void sameForAll(Consumer<String> ask, int times) throws Exception {
    var emails = List.of(known(), fromElsewhere(), inactive(), address());
    for (var time = 0; time < times; time++) {
      var queued = accounts.mails.queued.size();
      var works =
          emails.stream().map(email -> accounts.db.of(() -> ask.accept(email))).distinct().toList();
      assertThat(works).as("call %s", time).hasSize(1);
      assertThat(works.getFirst())
          .allMatch(step -> step.equals("write") || step.startsWith("TokenMapper."))
          .doesNotContain("TokenMapper.insert");
      assertThat(accounts.mails.queued).as("nobody has looked yet").hasSize(queued);
    }
    assertThat(
            emails.stream()
                .map(email -> accounts.count(mapper -> mapper.mailRequests(email)))
                .distinct())
        .hasSize(1);
  }

  @Test
  void askingForAPasswordReset() throws Exception {
    sameForAll(accounts.all.mailRequests::reset, 4);
  }

  @Test
  void askingForAVerificationLink() throws Exception {
    sameForAll(accounts.all.mailRequests::verification, 1);
    for (var email : List.of(known(), address())) {
      accounts.all.mailRequests.verification(email);
      assertThrows(PlatformException.class, () -> accounts.all.mailRequests.verification(email));
    }
  }

  @Test
  void mailGoesToWhomItIsForAndOnlyThen() {
    var email = known();
    var nobody = address();
    var before = accounts.mails.to(email);
    accounts.all.mailRequests.reset(email);
    accounts.all.mailRequests.reset(nobody);
    assertThat(accounts.mails.to(email)).isEqualTo(before);
    accounts.all.mailRequestJob.run();
    assertThat(accounts.mails.to(email)).isEqualTo(before + 1);
    assertThat(accounts.mails.to(nobody)).isZero();
  }
}
