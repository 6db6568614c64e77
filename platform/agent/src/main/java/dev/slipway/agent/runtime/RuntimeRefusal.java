package dev.slipway.agent.runtime;

/** What a runtime cannot or will not do; the message is for the person who asked. */
public final class RuntimeRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  public RuntimeRefusal(String message) {
    super(message, null, false, false);
  }
}
