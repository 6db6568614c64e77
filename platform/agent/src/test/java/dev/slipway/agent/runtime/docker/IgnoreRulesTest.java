package dev.slipway.agent.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoreRulesTest {
  @Test
  void lastMatchDecides() throws Exception {
    var rules =
        IgnoreRules.parse(
            List.of(
                "# a comment",
                "*.log",
                "!keep.log",
                "node_modules/",
                "**/tmp",
                "/root.txt",
                "a?c"));
    assertThat(rules.ignores("x.log")).isTrue();
    assertThat(rules.ignores("sub/x.log")).isFalse();
    assertThat(rules.ignores("keep.log")).isFalse();
    assertThat(rules.ignores("node_modules/a/b.js")).isTrue();
    assertThat(rules.ignores("deep/er/tmp/x")).isTrue();
    assertThat(rules.ignores("tmp")).isTrue();
    assertThat(rules.ignores("root.txt")).isTrue();
    assertThat(rules.ignores("abc")).isTrue();
    assertThat(rules.ignores("abbc")).isFalse();
    assertThat(rules.ignores("src/main.c")).isFalse();
  }

  @Test
  void patternsAreTakenLiterallyOtherwise() throws Exception {
    var rules = IgnoreRules.parse(List.of("a.b(c)+", "[x"));
    assertThat(rules.ignores("a.b(c)+")).isTrue();
    assertThat(rules.ignores("aXbcc")).isFalse();
    assertThat(rules.ignores("[x")).isTrue();
  }

  @Test
  void wildcardsAreBounded() {
    assertThatThrownBy(() -> IgnoreRules.parse(List.of("a*a*a*a*a*a*a*a*a*b")))
        .isInstanceOf(IOException.class);
  }
}
