package dev.slipway.apps.service.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryUrlRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/team/app.git",
        "http://git.internal:3000/team/app",
        "https://127.0.0.1:8443/a",
        "https://[::1]:8443/a.git",
        "https://example.com/~user/app.git/",
        "https://dev.azure.com/org/My%20Project/_git/app",
        "git://example.com/app.git",
        "ssh://git@example.com/team/app.git",
        "ssh://example.com:2222/app.git",
        "ssh://git@example.com/~/app.git",
        "git@github.com:team/app.git",
        "git@my_host:app",
        "deploy.user@10.0.0.1:/srv/git/app.git"
      })
  void acceptsNetworkAddresses(String url) {
    assertThat(RepositoryUrlRule.fault(url)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app",
        "/srv/git/app.git",
        "./app",
        "../app",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "FILE:///etc/passwd",
        "git@file:///etc/passwd:",
        "ext::sh -c id",
        "ext::sh%20-c%20id",
        "ext:sh",
        "git@ext::sh",
        "fd::7",
        "HTTPS://example.com/a",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "data:text/plain,a",
        "https:example.com/a",
        "https:/example.com/a",
        "https://",
        "https:///a",
        "https://example.com",
        "https://example.com/",
        "https://example.com//",
        "https://example.com:0/a",
        "https://example.com:65536/a",
        "https://example.com:99999/a",
        "https://example.com:/a",
        "https://-oProxyCommand=id/a",
        "https://example..com/a",
        "https://example.com./a",
        "https://.example.com/a",
        "https://exämple.com/a",
        "https://example.com/a b",
        "https://example.com/a\nb",
        "https://example.com/a%0ab",
        "https://example.com/a%0Dhost=evil",
        "https://example.com/a%7f",
        "https://example.com/a%",
        "https://example.com/a%zz",
        "https://example.com/../a",
        "https://example.com/a/..",
        "https://example.com/a?token=1",
        "https://example.com/a#b",
        "https://example.com/$(id)",
        "https://example.com/`id`",
        "https://example.com/a;id",
        "https://example.com/a|id",
        "https://example.com/a\\b",
        "https://example.com/'a'",
        "-https://example.com/a",
        "--upload-pack=id",
        "ssh://-oProxyCommand=id/a",
        "ssh://-u@example.com/a",
        "ssh://git@-oProxyCommand=id/a",
        "-oProxyCommand=id@example.com:a",
        "git@-oProxyCommand=id:a",
        "git@example.com:-oProxyCommand=id",
        "git@example.com:",
        "git@example.com:../a",
        "git@example.com::a",
        "git@@example.com:a",
        "example.com:a",
        "git@example.com:a b",
        "https://example.com/a\u0000",
        "https://example.com/a\u202e"
      })
  void refusesEverythingElse(String url) {
    assertThat(RepositoryUrlRule.fault(url)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@example.com/a",
        "https://ghp_secret@github.com/team/app.git",
        "http://user@example.com/a",
        "git://user@example.com/a",
        "ssh://git:secret@example.com/a"
      })
  void saysThatCredentialsDoNotBelongThere(String url) {
    assertThat(RepositoryUrlRule.fault(url)).contains("credentials").doesNotContain("secret");
  }

  @Test
  void refusesEndlessAddressesAtOnce() {
    assertThat(RepositoryUrlRule.fault("https://example.com/" + "a".repeat(2028))).isNull();
    assertThat(RepositoryUrlRule.fault("https://example.com/" + "a/".repeat(1_000_000)))
        .isNotNull();
    assertThat(RepositoryUrlRule.fault("https://" + "a.".repeat(1000) + "a/b")).isNotNull();
  }
}
