package dev.slipway.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/a/b.git",
        "http://127.0.0.1:8080/git/a.git",
        "https://user:pass@host/a.git",
        "ssh://git@host:2222/a.git",
        "git://host/a",
        "git@github.com:a/b.git",
      })
  void ordinaryUrlsAreTaken(String url) {
    assertThat(GitSource.of(url, "main", "", false).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--upload-pack=touch /tmp/x",
        "-u",
        "ext::sh -c touch% /tmp/x",
        "fd::17",
        "file:///etc",
        "/etc",
        "../x",
        "https://",
        "https:///path",
        "https://-oProxyCommand=x/y",
        "ssh://-oProxyCommand=x/y",
        "-oProxyCommand=x@host:y",
        "user@-host:path",
        "https://a/b c",
        "https://a/b\nc",
        "ftp://host/x",
        "javascript:alert(1)",
      })
  void otherUrlsAreRefused(String url) {
    assertThatThrownBy(() -> GitSource.of(url, "main", "", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fileUrlsNeedLeave() {
    assertThat(GitSource.of("file:///srv/a.git", "main", "", true).url())
        .isEqualTo("file:///srv/a.git");
    assertThatThrownBy(() -> GitSource.of("file://host/a.git", "main", "", true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--exec=x",
        "-b",
        "",
        "a..b",
        "a b",
        "a~1",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[",
        "a\\b",
        "@{u}",
        "a/",
        "/a",
        "a//b",
        "a.lock",
        "a.lock/b",
        "a/.b",
        "a.",
        "a\u0001",
      })
  void oddBranchesAreRefused(String branch) {
    assertThatThrownBy(() -> GitSource.of("https://h/a", branch, "", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD~1", "abc", "--help", "0123456789ABCDEF0123456789ABCDEF01234567"})
  void onlyFullCommitIdsAreTaken(String commit) {
    assertThatThrownBy(() -> GitSource.of("https://h/a", "main", commit, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goodBranchesAndCommitsAreTaken() {
    for (var branch : new String[] {"main", "feature/a-b_c.d", "v1.2", "dependabot/npm/x-1.0"}) {
      assertThat(GitSource.of("https://h/a", branch, SHA, false).branch()).isEqualTo(branch);
    }
  }

  @Test
  void passwordsAreAnsweredForTheOneHostOnly() {
    assertThat(GitSource.of("https://u@host:8443/a", "main", "", false).passwordPrompt())
        .contains("host:8443");
    assertThat(GitSource.of("git@host:a", "main", "", false).passwordPrompt()).isEmpty();
  }
}
