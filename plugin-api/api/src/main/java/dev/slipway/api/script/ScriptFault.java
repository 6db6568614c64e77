package dev.slipway.api.script;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is wrong with a script, in words for whoever wrote it.
 *
 * @param message one sentence or the text of what was thrown, at most 2001 characters
 * @param line counts from 1; 0 where no place is known
 * @param column counts from 1; 0 where no place is known
 * @param stack one frame a line with the places in the script, innermost first; null where there is
 *     none
 * @since 0.1.0
 */
@ProviderType
public record ScriptFault(String message, int line, int column, @Nullable String stack) {
  /** A fault without a place. */
  public static ScriptFault of(String message) {
    return new ScriptFault(message, 0, 0, null);
  }
}
