package dev.slipway.fleet.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void secretsAreLongAndKeptAsHash() {
    var secret = Secret.fresh();
    assertThat(secret).hasSize(43).matches("[A-Za-z0-9_-]+").isNotEqualTo(Secret.fresh());
    assertThat(Secret.matches(secret, Secret.hash(secret))).isTrue();
    assertThat(Secret.matches(secret + "x", Secret.hash(secret))).isFalse();
  }
}
