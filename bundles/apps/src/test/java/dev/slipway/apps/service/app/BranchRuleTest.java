package dev.slipway.apps.service.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "main",
        "feature/login",
        "release-1.2",
        "a",
        "user@host",
        "v1.0.x",
        "grün",
        "a{b}",
        "#12",
        "a@b/c",
        "fix/locking",
        "refs/heads/main",
        "head",
        "x.lockfile",
        "a;b",
        "a$(id)"
      })
  void acceptsWhatGitAccepts(String branch) {
    assertThat(BranchRule.fault(branch)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-b",
        "--upload-pack=id",
        "/main",
        "main/",
        "a//b",
        ".hidden",
        "a/.b",
        "a..b",
        "a.",
        "a.lock",
        "a.lock/b",
        "@",
        "HEAD",
        "a@{1}",
        "a~1",
        "a^",
        "a:b",
        "a?b",
        "a*b",
        "a[b",
        "a\\b",
        "a b",
        " a",
        "a\tb",
        "a\nb",
        "a\rb",
        "a\u0000b",
        "a\u007fb",
        "a\u0085b",
        "a\u2028b",
        "a\u202eb",
        "a\ud800b"
      })
  void refusesWhatGitRefuses(String branch) {
    assertThat(BranchRule.fault(branch)).isNotNull();
  }

  @Test
  void refusesEndlessNames() {
    assertThat(BranchRule.fault("a".repeat(200))).isNull();
    assertThat(BranchRule.fault("a".repeat(201))).isNotNull();
  }
}
