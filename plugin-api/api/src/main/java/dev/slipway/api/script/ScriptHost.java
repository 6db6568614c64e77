package dev.slipway.api.script;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a running script reaches. Called on threads of the sandbox, for one run never two calls at
 * the same time; a call is interrupted when the run ends.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface ScriptHost {
  /**
   * The script calls an API function.
   *
   * @param function one of the task's functions
   * @param arguments a JSON array of what the script gave
   * @return JSON text
   * @throws dev.slipway.api.PlatformException is thrown inside the script, with {@code message} and
   *     {@code code}; any other exception reaches it as a fault without detail
   * @throws ScriptStop to end the script at a limit
   * @throws InterruptedException when the run is over
   */
  String call(String function, String arguments) throws InterruptedException, ScriptStop;

  /**
   * The script logs a line.
   *
   * @param level debug, info, warn or error
   * @param text at most 4097 characters
   */
  void log(String level, String text);
}
