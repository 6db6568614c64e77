package dev.slipway.agent.command;

/** Ends a command as failed; the message goes to the control plane as it is and names no secret. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message, null, false, false);
  }
}
