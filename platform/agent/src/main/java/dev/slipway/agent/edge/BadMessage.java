package dev.slipway.agent.edge;

/**
 * A message that is refused, with the status to answer; the text names the fault and no content.
 */
final class BadMessage extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadMessage(int status, String fault) {
    super(fault, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
