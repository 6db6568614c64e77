package dev.slipway.api.script;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A source to run once. It is an ES module whose default export is a function of {@code (event,
 * api)}, plain or async.
 *
 * @param tenantId whose it is; runs of one tenant wait for each other before they make others wait
 * @param name of the file that stack traces name, at most 120 characters
 * @param source at most {@link #MAX_SOURCE} characters
 * @param event JSON text, at most {@link #MAX_EVENT} characters
 * @param functions what is below {@code api} besides {@code log}, {@code event} and {@code now}:
 *     names such as {@code kv.get}, each an async function of the script
 * @param timeout time by the clock, 1 ms to 30 s; processor time has a limit of its own
 * @since 0.1.0
 */
@ProviderType
public record ScriptTask(
    UUID tenantId,
    String name,
    String source,
    String event,
    Set<String> functions,
    Duration timeout) {
  /** Longest source, in characters. */
  public static final int MAX_SOURCE = 256 * 1024;

  /** Longest event, in characters. */
  public static final int MAX_EVENT = 512 * 1024;

  /** Longest timeout. */
  public static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern FUNCTION =
      Pattern.compile("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*");

  /** Checks the sizes. */
  public ScriptTask {
    functions = Set.copyOf(functions);
    if (source.length() > MAX_SOURCE || event.length() > MAX_EVENT) {
      throw new IllegalArgumentException("source or event is too long");
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException("timeout is not in 1 ms to 30 s");
    }
    functions.forEach(ScriptTask::checkName);
  }

  private static void checkName(String function) {
    if (!FUNCTION.matcher(function).matches()) {
      throw new IllegalArgumentException("no name of a function: " + function);
    }
  }
}
