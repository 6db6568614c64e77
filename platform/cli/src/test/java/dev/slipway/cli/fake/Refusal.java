package dev.slipway.cli.fake;

/** Ends a call with a problem. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final int status;
  final String field;

  public Refusal(int status, String error) {
    this(status, error, "");
  }

  public Refusal(int status, String error, String field) {
    super(error);
    this.status = status;
    this.field = field;
  }
}
