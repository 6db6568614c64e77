package dev.slipway.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether and how long a command waits for what it has started. */
final class WaitOptions {
  @Option(names = "--wait", description = "wait for the end and fail when it is not a good one")
  boolean enabled;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "1800",
      description = "how long to wait (default: ${DEFAULT-VALUE})")
  int seconds = 1800;

  Duration limit() {
    return Duration.ofSeconds(Math.max(seconds, 1));
  }
}
