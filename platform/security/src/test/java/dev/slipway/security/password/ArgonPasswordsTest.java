package dev.slipway.security.password;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgonPasswordsTest {
  private final ArgonPasswords passwords = new ArgonPasswords();

  @Test
  void hashesInPhcFormWithItsParameters() {
    var hash = passwords.hash("correct horse");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(passwords.hash("correct horse")).isNotEqualTo(hash);
  }

  @Test
  void verifiesTheRightPasswordOnly() {
    var hash = passwords.hash("päß wörd 🔑");
    assertThat(passwords.verify("päß wörd 🔑", hash)).isTrue();
    assertThat(passwords.verify("päß wörd", hash)).isFalse();
    assertThat(passwords.verify("", hash)).isFalse();
  }

  /** Hashes of the reference implementation's own tests. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
      })
  void verifiesHashesMadeElsewhere(String hash) {
    assertThat(passwords.verify("password", hash)).isTrue();
    assertThat(passwords.verify("Password", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$2b$12$abcdefghijklmnopqrstuv",
        "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=99999,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g",
        "$argon2id$v=19$m=19456,t=99,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g"
      })
  void refusesAMalformedOrExpensiveHash(String hash) {
    assertThatThrownBy(() -> passwords.verify("x", hash))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the stored password hash is malformed");
  }

  @Test
  void whoCanNotBeServedInTimeIsSentAway() throws Exception {
    var impatient = new ArgonPasswords(1, Duration.ofMillis(1));
    var refused = new AtomicInteger();
    var served = new AtomicInteger();
    var start = new CountDownLatch(1);
    var threads = new Thread[12];
    for (var i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                      impatient.pretend("x");
                      served.incrementAndGet();
                    } catch (PlatformException busy) {
                      refused.incrementAndGet();
                    } catch (InterruptedException stopped) {
                      Thread.currentThread().interrupt();
                    }
                  });
    }
    start.countDown();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(served.get()).isPositive();
    assertThat(refused.get()).isPositive();
    assertThat(served.get() + refused.get()).isEqualTo(threads.length);
    impatient.pretend("the turn was given back");
  }

  @Test
  void aRefusalSaysWhenToComeAgain() {
    var closed = new ArgonPasswords(0, Duration.ofMillis(1));
    var refusal = assertRefused(CommonError.UNAVAILABLE, () -> closed.hash("x"));
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }
}
