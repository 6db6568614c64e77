package dev.slipway.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Programs that this host has installed. */
public final class Tool {
  private static final long LIMIT_SECONDS = 120;

  private Tool() {}

  /** Whether a program is on the path. */
  public static boolean isThere(String name) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, name)));
  }

  /** Runs one to its end, which must be a good one; what it printed. */
  public static String output(String... words) throws IOException, InterruptedException {
    return output(new ProcessBuilder(words));
  }

  static String output(ProcessBuilder program) throws IOException, InterruptedException {
    var process = program.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(program.command() + ": " + output);
    }
    return output;
  }
}
