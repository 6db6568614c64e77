package dev.slipway.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostNameTest {
  @Test
  void hostHeadersAreBroughtToOneForm() {
    assertThat(HostName.of("App.Example:8080")).isEqualTo("app.example");
    assertThat(HostName.of("app.example.")).isEqualTo("app.example");
    assertThat(HostName.of("127.0.0.1:80")).isEqualTo("127.0.0.1");
    assertThat(HostName.of("[::1]:80")).isEqualTo("[::1]");
  }

  @Test
  void whatIsNoHostNameIsNothing() {
    assertThat(HostName.of("<script>")).isEmpty();
    assertThat(HostName.of("a b")).isEmpty();
    assertThat(HostName.of("user@host")).isEmpty();
    assertThat(HostName.of("a..b")).isEmpty();
    assertThat(HostName.of("a".repeat(300))).isEmpty();
  }

  @Test
  void routesMayHaveOneLeadingWildcard() {
    assertThat(HostName.isRoutable("*.example.org")).isTrue();
    assertThat(HostName.isRoutable("example.org")).isTrue();
    assertThat(HostName.isRoutable("a.*.org")).isFalse();
    assertThat(HostName.isRoutable("*")).isFalse();
    assertThat(HostName.isRoutable("../etc")).isFalse();
  }
}
