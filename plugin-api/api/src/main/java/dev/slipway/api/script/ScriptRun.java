package dev.slipway.api.script;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One script's run, as whoever asked for it needs it.
 *
 * @param executionId under which it is kept, with log and effects
 * @param result what the script returned, as plain JSON values (Map, List, String, Number, Boolean
 *     or null); it fits the hook's result schema where the status is {@link
 *     ScriptOutcome.Status#SUCCEEDED}, and is null otherwise
 * @param fault why it has not succeeded; null where it has
 * @since 0.1.0
 */
@ProviderType
public record ScriptRun(
    UUID executionId,
    UUID scriptId,
    String scriptName,
    ScriptOutcome.Status status,
    @Nullable Object result,
    @Nullable ScriptFault fault) {
  /** Whether the result can be used. */
  public boolean succeeded() {
    return status == ScriptOutcome.Status.SUCCEEDED;
  }
}
