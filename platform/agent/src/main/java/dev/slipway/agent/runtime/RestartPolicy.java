package dev.slipway.agent.runtime;

/** What happens when an instance ends by itself. */
public enum RestartPolicy {
  ALWAYS,
  UNLESS_STOPPED,
  ON_FAILURE,
  NO;

  /** The contract's names; anything else means unless-stopped. */
  public static RestartPolicy named(String name) {
    return switch (name) {
      case "always" -> ALWAYS;
      case "on-failure" -> ON_FAILURE;
      case "no" -> NO;
      default -> UNLESS_STOPPED;
    };
  }

  public boolean restartsAfter(int exitCode) {
    return switch (this) {
      case ALWAYS, UNLESS_STOPPED -> true;
      case ON_FAILURE -> exitCode != 0;
      case NO -> false;
    };
  }
}
