package dev.slipway.api.script;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Ends a running script at a limit; nothing in the script can catch it.
 *
 * @since 0.1.0
 */
@ProviderType
public final class ScriptStop extends Exception {
  private final ScriptLimit limit;

  /** Ends it at this limit. */
  public ScriptStop(ScriptLimit limit) {
    super("limit of " + limit, null, false, false);
    this.limit = limit;
  }

  /** Which limit. */
  public ScriptLimit limit() {
    return limit;
  }
}
