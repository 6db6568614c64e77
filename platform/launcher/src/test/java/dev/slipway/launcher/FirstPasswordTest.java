package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FirstPasswordTest {

  @RepeatedTest(50)
  void meetsEveryUsualRule() {
    assertThat(FirstPassword.generate())
        .hasSizeGreaterThanOrEqualTo(20)
        .matches("[A-Za-z0-9].*")
        .matches(".*[A-Z].*")
        .matches(".*[a-z].*")
        .matches(".*[0-9].*")
        .matches(".*[^A-Za-z0-9].*");
  }

  @Test
  void isAnotherOneEachTime() {
    var seen = new HashSet<String>();
    for (var i = 0; i < 200; i++) {
      assertThat(seen.add(FirstPassword.generate())).isTrue();
    }
  }
}
