package dev.slipway.cli.output;

/** The exit codes that scripts may rely on. */
public enum ExitCode {
  OK(0),
  FAILED(1),
  USAGE(2),
  /** Not signed in, or not allowed. */
  DENIED(3),
  NOT_FOUND(4),
  UNREACHABLE(5);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
