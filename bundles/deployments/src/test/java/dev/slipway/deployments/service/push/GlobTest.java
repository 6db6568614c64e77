package dev.slipway.deployments.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "src/**, src/a.js",
    "src/**, src/a/b/c.js",
    "src/, src/a/b.js",
    "**/*.md, README.md",
    "**/*.md, docs/a/b.md",
    "**, a/b/c",
    "*.js, a.js",
    "docs/*, docs/a",
    "a/**/b, a/b",
    "a/**/b, a/x/y/b",
    "file?.txt, file1.txt",
    "release/*, release/1.2",
    "release/**, release/1/2",
    "main, main",
    "**x**y, axby",
    "(a|b)+, (a|b)+",
    "[ab], [ab]",
  })
  void fits(String pattern, String text) {
    assertThat(new Glob(pattern).matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "src/**, srcs/a.js",
    "src/**, src",
    "src, src/a.js",
    "*.js, a/b.js",
    "docs/*, docs/a/b",
    "a/**/b, a/xb",
    "**/b, xb",
    "file?.txt, file/.txt",
    "release/*, release/1/2",
    "main, maine",
    "main, Main",
    "?, ''",
    "[ab], a",
    "(a|b)+, ab",
    "a.c, abc",
  })
  void doesNotFit(String pattern, String text) {
    assertThat(new Glob(pattern).matches(text)).isFalse();
  }

  @Test
  void noPatternMakesItThinkForLong() {
    var pattern = new Glob("**a".repeat(100) + "b");
    var text = "a".repeat(4_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(pattern.matches(text)).isFalse());
  }
}
