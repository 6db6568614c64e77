package dev.slipway.agent.command;

/**
 * The final answer of a command.
 *
 * @param status {@code completed}, {@code failed}, {@code cancelled} or {@code queued}
 * @param output text or JSON
 */
public record Reply(String status, String output) {
  public static Reply completed(String output) {
    return new Reply("completed", output);
  }

  public static Reply failed(String reason) {
    return new Reply("failed", reason);
  }

  public static Reply cancelled() {
    return new Reply("cancelled", "cancelled");
  }

  /** Something that happens after this answer has left. */
  public static Reply queued(String output) {
    return new Reply("queued", output);
  }
}
