package dev.slipway.apps.service.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRuleTest {
  static final String SHA = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx",
        "nginx:1.27-alpine",
        "library/nginx:latest",
        "ghcr.io/team/app:v1",
        "localhost:5000/app",
        "127.0.0.1:15000/team/app:1",
        "REGISTRY.example.com/app",
        "a__b/c--d.e_f:T_1.0-x",
        "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void acceptsReferences(String image) {
    assertThat(ImageRule.fault(image)).isNull();
  }

  @Test
  void acceptsTagAndDigestTogether() {
    assertThat(ImageRule.fault("ghcr.io/a/b:1@sha256:" + SHA)).isNull();
    assertThat(ImageRule.fault("a@sha512:" + SHA + SHA)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Nginx",
        "nginx:",
        ":1",
        "nginx:-1",
        "nginx:a b",
        "nginx:1:2",
        "a//b",
        "/a",
        "a/",
        "a/B",
        "-a",
        "--privileged",
        "a___b",
        "a..b",
        "a.",
        "a@",
        "a@sha256:12",
        "a@md5:12",
        "a@sha256:XYZ",
        "http://ghcr.io/a",
        "ghcr.io:port/a",
        "ghcr.io:123456/a",
        "../a",
        "a/../b",
        "a;id",
        "a$(id)",
        "a\nb",
        "a\u0000",
        "é",
        "user:pass@ghcr.io/a"
      })
  void refusesWhatIsNone(String image) {
    assertThat(ImageRule.fault(image)).isNotNull();
  }

  @Test
  void refusesWhatAnEngineTakesForAnId() {
    assertThat(ImageRule.fault(SHA)).isNotNull();
  }

  @Test
  void refusesEndlessReferences() {
    assertThat(ImageRule.fault("a/".repeat(127) + "a")).isNull();
    assertThat(ImageRule.fault("a/".repeat(128) + "a")).isNotNull();
    assertThat(ImageRule.fault("a:" + "t".repeat(129))).isNotNull();
    assertThat(ImageRule.fault("a-".repeat(1_000_000))).isNotNull();
  }
}
