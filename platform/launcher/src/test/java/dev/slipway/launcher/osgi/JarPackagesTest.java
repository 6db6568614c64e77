package dev.slipway.launcher.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JarPackagesTest {

  @Test
  void keepsNamesAndVersionsAndDropsTheRest() {
    var header =
        "a.b;uses:=\"c.d,e.f;version=9\";version=\"1.2.3\",c.d;e.f;version=2,g;x=\"1,2\",h";
    assertThat(JarPackages.parse(header))
        .containsOnlyKeys("a.b", "c.d", "e.f", "g", "h")
        .containsEntry("a.b", Set.of("1.2.3"))
        .containsEntry("c.d", Set.of("2.0.0"))
        .containsEntry("e.f", Set.of("2.0.0"))
        .containsEntry("g", Set.of("0.0.0"));
  }

  @Test
  void keepsEachVersionOfAPackage() {
    assertThat(JarPackages.parse("org.slf4j;version=\"2.0.20\",org.slf4j;version=\"1.7.36\""))
        .containsEntry("org.slf4j", Set.of("1.7.36", "2.0.20"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0.0",
    "1.85.1, 1.85.1",
    "9.1.6.Final, 9.1.6.Final",
    "33.6.0-android, 33.6.0.android",
    "7.8.1.202611041320-r, 7.8.1.202611041320-r",
    "4.0.0-M3, 4.0.0.M3",
    "20261124153000, 202611241.0.0",
    "1.0+build 7, 1.0.0._build_7",
    "unknown, 0.0.0",
    "'', 0.0.0",
  })
  void makesVersionsThatTheFrameworkAccepts(String maven, String expected) {
    var version = JarPackages.normalise(maven);
    assertThat(version).isEqualTo(expected);
    assertThat(org.osgi.framework.Version.parseVersion(version)).hasToString(version);
  }

  @Test
  void versionOfAMissingManifestEntryIsZero() {
    assertThat(JarPackages.normalise(null)).isEqualTo("0.0.0");
  }
}
