package dev.slipway.accounts.service.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {
  final Slugs slugs = new Slugs();

  @ParameterizedTest
  @CsvSource({
    "Ann Smith, ann-smith",
    "'  Zoë & Cie.  ', zoe-cie",
    "ﬁne, fine",
    "李雷, tenant",
    "'---', tenant",
    "a--b, a-b"
  })
  void looksLikeTheName(String name, String slug) {
    assertThat(slugs.of(name)).isEqualTo(slug);
  }

  @Test
  void isBoundedAndNeverEndsInAHyphen() {
    assertThat(slugs.of("x".repeat(39) + " y")).isEqualTo("x".repeat(39));
    assertThat(slugs.withTail(slugs.of("x".repeat(200)))).matches("x{40}-[a-z2-9]{6}");
  }

  @Test
  void keepsThePlatformsOwn() {
    assertThat(slugs.reserved(slugs.of("Root"))).isTrue();
    assertThat(slugs.reserved("ann")).isFalse();
  }
}
