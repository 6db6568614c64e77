package dev.slipway.scripts.resource;

import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptLimit;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.scripts.Execution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Executions as clients see them. */
public final class ExecutionPayloads {
  private ExecutionPayloads() {}

  public record Run(@Nullable Map<String, @Nullable Object> event, @Nullable Boolean dryRun) {}

  public record Trigger(String type, @Nullable String id) {}

  public record View(
      UUID id,
      UUID scriptId,
      int version,
      String hook,
      Trigger trigger,
      boolean dryRun,
      @Nullable Object event,
      ScriptOutcome.Status status,
      @Nullable Object result,
      @Nullable Map<String, @Nullable Object> error,
      @Nullable ScriptLimit limit,
      List<Map<String, @Nullable Object>> logs,
      List<Map<String, @Nullable Object>> effects,
      long cpuMs,
      long wallMs,
      Instant startedAt) {
    static View of(Execution execution, Json json) {
      return of(execution, execution.event(), json);
    }

    /** In lists: without its event. */
    static View small(Execution execution, Json json) {
      return of(execution, null, json);
    }

    private static View of(Execution execution, @Nullable String event, Json json) {
      var result = execution.result();
      return new View(
          execution.id(),
          execution.scriptId(),
          execution.scriptVersion(),
          execution.hook(),
          new Trigger(execution.triggerType(), execution.triggerId()),
          execution.dryRun(),
          event == null ? null : json.read(event, Object.class),
          execution.status(),
          result == null ? null : json.read(result, Object.class),
          execution.error(),
          execution.limitKind(),
          execution.logs(),
          execution.effects(),
          execution.cpuMs(),
          execution.wallMs(),
          execution.startedAt());
    }
  }

  public record ExecutionAnswer(View execution) {}

  public record ExecutionsAnswer(List<View> executions, @Nullable String nextCursor) {
    static ExecutionsAnswer of(List<Execution> executions, int limit, Json json) {
      var next = executions.size() < limit ? null : executions.getLast().id().toString();
      return new ExecutionsAnswer(
          executions.stream().map(execution -> View.small(execution, json)).toList(), next);
    }
  }
}
