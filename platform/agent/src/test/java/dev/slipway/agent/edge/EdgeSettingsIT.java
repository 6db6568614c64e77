package dev.slipway.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class EdgeSettingsIT {
  @TempDir Path folder;
  private Path file;
  private EdgeSettings settings;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("edge.json");
    settings = new EdgeSettings(file);
  }

  /** The level is that of the program that the tests run in. */
  @AfterEach
  void unset() throws IOException {
    settings.set(EdgeSettings.LOG_LEVEL, null);
  }

  @Test
  void outlivesARestart() throws Exception {
    assertThat(settings.set(EdgeSettings.RATE_LIMIT, "1/h")).isEmpty();
    assertThat(settings.set(EdgeSettings.LOG_LEVEL, "trace")).isEmpty();
    var again = new EdgeSettings(file);
    assertThat(LoggerFactory.getLogger(Edge.class).isTraceEnabled()).isTrue();
    assertThat(again.allows("c", "d")).isTrue();
    assertThat(again.allows("c", "d")).isFalse();
    assertThat(again.rejects()).isEqualTo(1);
    assertThat(again.set(EdgeSettings.RATE_LIMIT, null)).isEqualTo("1/h");
    assertThat(again.allows("c", "d")).isTrue();
    assertThat(again.set(EdgeSettings.LOG_LEVEL, null)).isEqualTo("trace");
    assertThat(LoggerFactory.getLogger(Edge.class).isTraceEnabled()).isFalse();
  }

  @Test
  void keepsTheLastFiveFiles() throws Exception {
    for (int i = 1; i <= 8; i++) {
      settings.set(EdgeSettings.RATE_LIMIT, i + "/s");
    }
    settings.set(EdgeSettings.RATE_LIMIT, "8/s");
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "edge.json",
              "edge.json.3",
              "edge.json.4",
              "edge.json.5",
              "edge.json.6",
              "edge.json.7");
    }
    assertThat(Files.readString(file)).contains("8/s");
    assertThat(Files.readString(folder.resolve("edge.json.7"))).contains("7/s");
  }

  @Test
  void staysAsItWasWhereTheDiskTakesNothing() throws Exception {
    settings.set(EdgeSettings.RATE_LIMIT, "1/h");
    // In the place of the file there is something that no file replaces.
    Files.delete(file);
    Files.createDirectories(file.resolve("full"));
    assertThatThrownBy(() -> settings.set(EdgeSettings.RATE_LIMIT, "2/h"))
        .isInstanceOf(IOException.class);
    assertThat(settings.allows("c", "d")).isTrue();
    assertThat(settings.allows("c", "d")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "log_level,loud",
    "log_level,INFO",
    "rate_limit_default,10",
    "rate_limit_default,0/s",
    "rate_limit_default,5/0m",
    "rate_limit_default,5/d",
    "rate_limit_default,99999999/s",
    "analytics,on"
  })
  void refusesWhatMeansNothing(String setting, String value) {
    assertThat(EdgeSettings.problemOf(setting, value)).isNotNull();
  }

  @Test
  void takesWhatMeansSomething() {
    for (var rate : List.of("10/s", "600/10m", "5000/h")) {
      assertThat(EdgeSettings.problemOf(EdgeSettings.RATE_LIMIT, rate)).isNull();
    }
    assertThat(EdgeSettings.problemOf(EdgeSettings.LOG_LEVEL, "warn")).isNull();
  }
}
