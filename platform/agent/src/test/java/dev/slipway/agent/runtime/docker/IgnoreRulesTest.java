package dev.slipway.agent.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

  @Test
  void wildcardsMeanWhatTheyMeanToDocker() throws Exception {
    assertThat(fits("**/a/*.b", "a/x.b", "q/a/x.b", "q/r/a/x.b", "a/x.b/below")).containsOnly(true);
    assertThat(fits("**/a/*.b", "a/x/y.b", "qa/x.b", "a/x.bc")).containsOnly(false);
    assertThat(fits("docs/**", "docs/a", "docs/a/b")).containsOnly(true);
    assertThat(fits("docs/**", "docs", "docsa")).containsOnly(false);
    assertThat(fits("a**z", "az", "a/b/z", "abz/below")).containsOnly(true);
    assertThat(fits("a?c", "a/c", "ac", "xabc")).containsOnly(false);
  }

  private static List<Boolean> fits(String pattern, String... paths) throws IOException {
    var rules = IgnoreRules.parse(List.of(pattern));
    return Stream.of(paths).map(rules::ignores).toList();
  }

  /** In a thread of its own, for one that tries for ever hears of no interruption. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noPatternTriesForVeryLong() throws Exception {
    var rules = IgnoreRules.parse(List.of("*a*a*a*a*a*a*a*ab"));
    assertThat(rules.ignores("a".repeat(255))).isFalse();
    assertThat(rules.ignores("a".repeat(254) + "b")).isTrue();
  }
}
