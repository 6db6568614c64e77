package dev.slipway.accounts.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.co",
        "ann.o'neil+slipway@mail.example.com",
        "root@localhost",
        "x@xn--bcher-kva.example",
        "_@9.example"
      })
  void takesAnAddress(String text) {
    assertThat(EmailAddress.parse(text)).get().extracting(EmailAddress::display).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "ann",
        "ann@",
        "@example.com",
        "ann@example",
        "ann@@example.com",
        "ann@bob@example.com",
        ".ann@example.com",
        "ann.@example.com",
        "a..n@example.com",
        "ann@-example.com",
        "ann@example-.com",
        "ann@example..com",
        "ann@.example.com",
        "ann@example.com.",
        "ann smith@example.com",
        "ann@exa mple.com",
        "ann@example.com\nbcc: eve@example.com",
        "Ann <ann@example.com>",
        "ann@127.0.0.1",
        "änn@example.com",
        "ann\u0000@example.com"
      })
  void refusesWhatIsNone(String text) {
    assertThat(EmailAddress.parse(text)).isEmpty();
  }

  @Test
  void comparesInLowerCaseAndShowsAsWritten() {
    assertThat(EmailAddress.parse("  Ann.Smith@Example.COM "))
        .contains(new EmailAddress("Ann.Smith@Example.COM", "ann.smith@example.com"));
  }

  @Test
  void boundsItsParts() {
    var domain = ("a".repeat(60) + ".").repeat(3) + "example";
    assertThat(EmailAddress.parse("a".repeat(64) + "@example.com")).isPresent();
    assertThat(EmailAddress.parse("a".repeat(65) + "@example.com")).isEmpty();
    assertThat(EmailAddress.parse("a".repeat(63) + "@" + domain)).isPresent();
    assertThat(EmailAddress.parse("a".repeat(64) + "@" + domain)).isEmpty();
  }
}
