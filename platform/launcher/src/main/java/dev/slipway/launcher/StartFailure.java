package dev.slipway.launcher;

/** A start that cannot go on; the message is the one line that the operator reads. */
final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** Something that the operator typed is wrong. */
  static final int USAGE = 2;

  /** The machine, the data folder or a part of the platform is in the way. */
  static final int FAILED = 1;

  private final int exitCode;

  private StartFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static StartFailure usage(String message) {
    return new StartFailure(USAGE, message, null);
  }

  static StartFailure failed(String message) {
    return new StartFailure(FAILED, message, null);
  }

  static StartFailure failed(String message, Throwable cause) {
    return new StartFailure(FAILED, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
