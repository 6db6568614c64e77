package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The chaos run of {@code dist/bench} in its short form. */
@Order(Integer.MIN_VALUE)
class ChaosIT {
  private static final long LIMIT_MINUTES = 15;

  @Test
  void commandsEndOnceWhateverDies() throws Exception {
    var run =
        new ProcessBuilder(Path.of("bench", "run").toAbsolutePath().toString(), "--short", "chaos")
            .redirectErrorStream(true);
    run.environment().keySet().removeIf(name -> name.startsWith("SLIPWAY_"));
    run.environment().put("SLIPWAY_JAVA_HOME", System.getProperty("java.home"));
    run.environment()
        .put("SLIPWAY_POSTGRES_CACHE", Path.of("target", "postgres").toAbsolutePath().toString());
    run.environment().put("SLIPWAY_JAVA_OPTS", UsedFolder.made().javaOptions());
    var process = run.start();
    var output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
