package dev.slipway.apps.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountPathRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data",
        "/src/data",
        "/var/lib/app",
        "/usr/share/pages",
        "/a.b/c_d-e@f+g",
        "/etcetera"
      })
  void takesPathsInsideTheApp(String path) {
    assertThat(MountPathRule.fault(path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "data",
        "./data",
        "/data/",
        "//data",
        "/data//x",
        "/data/../etc",
        "/data/.",
        "/..",
        "/da ta",
        "/data:ro",
        "/data,x",
        "/data\n",
        "/däta",
        "C:\\data",
        "/~/$HOME"
      })
  void refusesWhatIsNoAbsoluteNormalPath(String path) {
    assertThat(MountPathRule.fault(path)).startsWith("must be an absolute path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc",
        "/proc/1/fd",
        "/sys/fs",
        "/dev/shm",
        "/etc",
        "/etc/passwd",
        "/bin",
        "/lib64/x",
        "/usr",
        "/usr/bin",
        "/src"
      })
  void refusesTheSystemsFolders(String path) {
    assertThat(MountPathRule.fault(path)).startsWith("must not be a folder of the system");
  }

  @Test
  void refusesLongOnes() {
    assertThat(MountPathRule.fault("/" + "a".repeat(255)))
        .isEqualTo("must have at most 255 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "/data, /data, true",
    "/data, /data/x, true",
    "/data/x, /data, true",
    "/data, /database, false",
    "/a/b, /a/c, false"
  })
  void knowsWhatOverlaps(String one, String other, boolean overlap) {
    assertThat(MountPathRule.overlap(one, other)).isEqualTo(overlap);
  }
}
