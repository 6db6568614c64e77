package dev.slipway.apps.service.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {".", "apps/web", "./apps/web/", "a b/c", "Dockerfile.prod", "..a/b..", "ä"})
  void acceptsPathsInside(String path) {
    assertThat(PathRule.inRepository(path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc",
        "//etc",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "a//b",
        "-a",
        "--file",
        "a\\..\\b",
        "C:\\a",
        "a\nb",
        "a\u0000b",
        "a\u2028b",
        "a\u202eb"
      })
  void refusesPathsThatLeaveOrMislead(String path) {
    assertThat(PathRule.inRepository(path)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/a/b?ready=1&x=%20", "/~a"})
  void acceptsPathsOfUrls(String path) {
    assertThat(PathRule.ofUrl(path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "healthz",
        "//evil.example.com/",
        "http://evil.example.com/",
        "/a b",
        "/a\r\nHost: b",
        "/a#b",
        "/\\evil",
        "/é",
        "/a\u0000"
      })
  void refusesWhatIsNoPathOfAUrl(String path) {
    assertThat(PathRule.ofUrl(path)).isNotNull();
  }

  @Test
  void refusesEndlessPaths() {
    assertThat(PathRule.inRepository("a".repeat(513))).isNotNull();
    assertThat(PathRule.ofUrl("/" + "a".repeat(1024))).isNotNull();
  }
}
