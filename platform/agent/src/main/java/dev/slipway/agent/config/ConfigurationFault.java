package dev.slipway.agent.config;

/** A setting that the agent cannot start with; the message is one line for the operator. */
public final class ConfigurationFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationFault(String message) {
    super(message, null, false, false);
  }
}
