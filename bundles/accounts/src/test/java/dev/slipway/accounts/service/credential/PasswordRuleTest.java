package dev.slipway.accounts.service.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {
  final PasswordRule rule = new PasswordRule();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tr0ub4dor&9",
        "vK7#mQ2!xW",
        "Given-by-operator-1",
        "Ein Fuchs, 3 Hasen",
        "Äpfel-und-Birnen-7",
        "Mein Hamster hat 2 Ohren!"
      })
  void takesAStrongPassword(String password) {
    assertThat(rule.fault(password)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Ab1!efghi, 10 to 256",
    "vk7#mq2!xw, an upper-case letter",
    "VK7#MQ2!XW, a lower-case letter",
    "vKx#mQy!xW, a digit",
    "vK7xmQ2yxW, a special character",
  })
  void namesWhatIsMissing(String password, String missing) {
    assertThat(rule.fault(password)).get().asString().contains(missing);
  }

  @Test
  void namesAllThatIsMissing() {
    assertThat(rule.fault("           "))
        .contains("must contain an upper-case letter, a lower-case letter, a digit");
  }

  @Test
  void countsCharactersNotBytes() {
    // Nine characters, eighteen UTF-16 units in part.
    assertThat(rule.fault("Ab1!😀😀😀😀😀")).get().asString().contains("10 to 256");
    assertThat(rule.fault("Ab1!😀😀😀😀😀x")).isEmpty();
    assertThat(rule.fault("vK7#" + "x".repeat(252) + "y")).get().asString().contains("10 to 256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Password1!",
        "Password123!",
        "P@ssw0rd12!",
        "pA$$W0RD2024!",
        "!!Password99",
        "Welcome2024!",
        "W3lcome-2024",
        "Qwerty12345!",
        "Qwertyuiop1!",
        "1qaz@WSX3edc",
        "!QAZ2wsx#EDC",
        "Abcdefgh1!",
        "Aaaaaaaa1!",
        "AdminAdmin1!",
        "Let-Me-In-123",
        "Changeme123!",
        "1loveYou!!",
        "Sunshine_2025",
        "Summer2026!",
        "Liverp00l!1892",
        "Michael1985!",
        "Slipway2026!"
      })
  void refusesACommonPasswordInAnyGuise(String password) {
    assertThat(rule.fault(password)).get().asString().contains("too common");
  }

  @Test
  void theListIsLongEnough() {
    assertThat(CommonPasswords.load().size()).isGreaterThan(1000);
  }
}
