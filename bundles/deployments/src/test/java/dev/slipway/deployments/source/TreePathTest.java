package dev.slipway.deployments.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {
  @ParameterizedTest
  @CsvSource({
    "a, a",
    "./a, a",
    "././a/b, a/b",
    "a b/c.txt, a b/c.txt",
    ".gitignore, .gitignore",
    "a/.github/x, a/.github/x",
    "..a/b.., ..a/b..",
    "grüße/日本, grüße/日本"
  })
  void staysWhatItIs(String name, String path) {
    assertThat(TreePath.of(name)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "./",
        "..",
        "/",
        "/a",
        ".//a",
        "../a",
        "a/..",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        ".git",
        ".git/config",
        "a/.git",
        "a/.GIT/hooks",
        ".GiT/x",
        ".g\u200cit/config",
        "a\0b",
        "a\nb",
        "a\u001bb",
        "a\u202eb",
        "a\ufffdb"
      })
  void isRefused(String name) {
    assertThatThrownBy(() -> TreePath.of(name))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("no path inside the folder");
  }

  @Test
  void isOfBoundedLength() {
    assertThat(TreePath.of("a".repeat(1024))).hasSize(1024);
    assertThatThrownBy(() -> TreePath.of("a".repeat(1025)))
        .isInstanceOf(PlatformException.class)
        .satisfies(refusal -> assertThat(refusal.getMessage().length()).isLessThan(250));
  }

  @Test
  void aRefusalShowsNothingThatATerminalWouldObey() {
    assertThatThrownBy(() -> TreePath.of("/\u001b[2J"))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("/?[2J");
  }

  @ParameterizedTest
  @CsvSource({
    "a, b, true",
    "a, ./b/c, true",
    "x/y, ../b, true",
    "x/y, ../../b, false",
    "a, .., false",
    "x/y, .., true",
    "a, /etc/passwd, false",
    "a, '', false",
    "x/y/z, ../../../x, false",
    "x/y, z/../../.., false",
    "a, .git/config, false",
    "x/y, ../.GIT, false",
    "a, b/.git/c, false",
    "x/y, ../x/../x/y, true"
  })
  void aLinkStaysInsideOrNot(String path, String target, boolean inside) {
    assertThat(TreePath.staysInside(path, target)).isEqualTo(inside);
  }

  @Test
  void aLinkWithoutEndIsNone() {
    assertThat(TreePath.staysInside("a", "b\0c")).isFalse();
  }
}
