package dev.slipway.agent.command;

/** What the commands that show logs have in common. */
final class LogOrder {
  /** How a stream ends, whatever has ended it. */
  static final String END = "log stream ended";

  private static final int DEFAULT_TAIL = 100;
  private static final int MAX_TAIL = 10_000;

  private LogOrder() {}

  /** How many of the lines that there are. */
  static int tail(Payload payload) throws CommandFailure {
    var asked = payload.integer("tail", DEFAULT_TAIL);
    return asked <= 0 ? DEFAULT_TAIL : (int) Math.min(asked, MAX_TAIL);
  }
}
