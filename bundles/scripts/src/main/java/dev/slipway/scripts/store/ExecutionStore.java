package dev.slipway.scripts.store;

import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.data.Database;
import dev.slipway.scripts.Execution;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Executions as rows; every call needs a unit of work. */
public final class ExecutionStore {
  private final ExecutionMapper executions;

  public ExecutionStore(Database database) {
    executions = database.mapper(ExecutionMapper.class);
  }

  public void insert(Execution execution) {
    executions.insert(execution);
  }

  /**
   * Adds all whose scripts are still there, and notes with these that they ran.
   *
   * @param rows executions as a JSON list
   */
  public void insertAll(String rows) {
    executions.insertAll(rows);
  }

  public Optional<Execution> find(UUID id) {
    return Optional.ofNullable(executions.find(id));
  }

  /** Newest first, behind the given one. */
  public List<Execution> list(
      UUID scriptId, ScriptOutcome.@Nullable Status status, @Nullable UUID before, int limit) {
    var name = status == null ? null : status.name().toLowerCase(Locale.ROOT);
    return executions.list(scriptId, name, before, limit);
  }

  public int deleteOld(Instant before, int limit) {
    return executions.deleteOld(before, limit);
  }

  public int deleteSurplus(int keep, int limit) {
    return executions.deleteSurplus(keep, limit);
  }
}
