package dev.slipway.scripts;

import dev.slipway.api.script.ScriptLimit;
import dev.slipway.api.script.ScriptOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of a script, as it is kept.
 *
 * @param scriptVersion the source that ran
 * @param triggerId of what caused it; null where that has none
 * @param event JSON text of what the script was given; null where that was too large to keep
 * @param result JSON text; null unless it has succeeded
 * @param error message, line, column, stack; null where it has succeeded
 * @param limitKind the limit that it was ended at; null where it was not
 * @param logs level, message, at
 * @param effects kind, summary, outcome
 */
public record Execution(
    UUID id,
    UUID tenantId,
    UUID scriptId,
    int scriptVersion,
    String hook,
    String triggerType,
    @Nullable String triggerId,
    boolean dryRun,
    @Nullable String event,
    ScriptOutcome.Status status,
    @Nullable String result,
    @Nullable Map<String, @Nullable Object> error,
    @Nullable ScriptLimit limitKind,
    List<Map<String, @Nullable Object>> logs,
    List<Map<String, @Nullable Object>> effects,
    long cpuMs,
    long wallMs,
    Instant startedAt) {}
