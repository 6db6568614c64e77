package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesIT {

  @TempDir private Path dir;

  @Test
  void secretComesFromTheVariableOrItsFile() throws Exception {
    var file = Files.writeString(dir.resolve("secret"), "from file\n");
    assertThat(new Variables(Map.of("S", "direct")).secret("S")).contains("direct");
    assertThat(new Variables(Map.of("S_FILE", file.toString())).secret("S")).contains("from file");
    assertThat(new Variables(Map.of()).secret("S")).isEmpty();
  }

  @Test
  void bothAMissingAndAnEmptyFileAreUsage() throws Exception {
    var empty = Files.writeString(dir.resolve("empty"), "\n").toString();
    assertUsage(Map.of("S", "a", "S_FILE", empty), "not both");
    assertUsage(Map.of("S_FILE", empty), "is empty");
    assertUsage(Map.of("S_FILE", dir.resolve("none").toString()), "cannot be read");
  }

  private static void assertUsage(Map<String, String> values, String expected) {
    assertThatThrownBy(() -> new Variables(values).secret("S"))
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessageContaining(expected);
  }
}
