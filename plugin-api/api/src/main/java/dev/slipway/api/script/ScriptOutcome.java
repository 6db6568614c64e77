package dev.slipway.api.script;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a run has come out.
 *
 * @param result what the script returned, as JSON text; null unless it has succeeded
 * @param fault why it has not succeeded; null where it has
 * @param limit which limit it was ended at; null where it was not
 * @param cpuMillis processor time used; 0 where the process had to be killed or never ran it
 * @param wallMillis from its start in the sandbox to its end; time in the queue does not count
 * @since 0.1.0
 */
@ProviderType
public record ScriptOutcome(
    Status status,
    @Nullable String result,
    @Nullable ScriptFault fault,
    @Nullable ScriptLimit limit,
    long cpuMillis,
    long wallMillis) {
  /** Ways to come out. */
  public enum Status {
    SUCCEEDED,
    /** It threw, returned what does not fit, or its process ended. */
    FAILED,
    /** {@link ScriptLimit#WALL} */
    TIMED_OUT,
    /** Any other limit. */
    LIMIT_EXCEEDED,
    /** It was not begun: too much waits already. */
    REJECTED
  }

  /** Whether the result can be used. */
  public boolean succeeded() {
    return status == Status.SUCCEEDED;
  }

  /** An outcome of a script that was ended at a limit. */
  public static ScriptOutcome ended(ScriptLimit limit, long cpuMillis, long wallMillis) {
    return new ScriptOutcome(
        limit == ScriptLimit.WALL ? Status.TIMED_OUT : Status.LIMIT_EXCEEDED,
        null,
        ScriptFault.of("The script passed its limit of " + words(limit) + "."),
        limit,
        cpuMillis,
        wallMillis);
  }

  private static String words(ScriptLimit limit) {
    return switch (limit) {
      case CPU -> "processor time";
      case WALL -> "time";
      case MEMORY -> "memory";
      case STATEMENTS -> "statements";
      case OUTPUT -> "output";
      case STACK -> "call depth";
      case EFFECTS -> "API calls";
    };
  }
}
