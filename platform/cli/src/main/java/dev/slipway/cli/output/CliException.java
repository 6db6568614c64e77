package dev.slipway.cli.output;

import java.util.List;

/** A failure that ends the command: one sentence for people, detail lines, and the exit code. */
public class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final transient List<String> details;

  public CliException(ExitCode exitCode, String message) {
    this(exitCode, message, List.of());
  }

  public CliException(ExitCode exitCode, String message, List<String> details) {
    super(message);
    this.exitCode = exitCode;
    this.details = List.copyOf(details);
  }

  public CliException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.details = List.of();
  }

  public static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message);
  }

  public static CliException failed(String message) {
    return new CliException(ExitCode.FAILED, message);
  }

  /** Restores the interrupt for the caller's caller and ends the command. */
  public static CliException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CliException(ExitCode.FAILED, "interrupted", cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public List<String> details() {
    return details;
  }

  /** What is shown: there is always a message. */
  public String text() {
    var message = getMessage();
    return message == null ? getClass().getSimpleName() : message;
  }
}
