package dev.slipway.cli.config;

import java.time.Duration;

/**
 * How long a call waits.
 *
 * @param connect for the connection
 * @param response for the whole answer, counted from the last byte sent
 * @param idle for the next byte of an upload or a stream (the platform pings every 15 s)
 * @param patience how long a stream that has broken is tried again
 */
public record Timeouts(Duration connect, Duration response, Duration idle, Duration patience) {
  public static final Timeouts STANDARD =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(2));
}
