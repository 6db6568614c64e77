package dev.slipway.apps;

import dev.slipway.activity.Operations;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps what was reported of each operation, in order. */
public final class RecordedOperations implements Operations {
  private final Map<UUID, Draft> started = new ConcurrentHashMap<>();
  private final Map<UUID, List<String>> reports = new ConcurrentHashMap<>();

  /** What was started. */
  public Draft draft(UUID operation) {
    return started.get(operation);
  }

  /** What was reported since. */
  public List<String> reports(UUID operation) {
    return reports.get(operation);
  }

  @Override
  public UUID start(Scope scope, Draft draft) {
    if (!(scope instanceof Scope.Tenant)) {
      throw new IllegalArgumentException("an operation belongs to a tenant");
    }
    var id = Ids.next();
    started.put(id, draft);
    reports.put(id, new ArrayList<>());
    return id;
  }

  @Override
  public void stepRunning(Scope scope, UUID operation, int number, @Nullable String message) {
    report(operation, "running " + number);
  }

  @Override
  public void stepDone(Scope scope, UUID operation, int number, @Nullable String message) {
    report(operation, "done " + number);
  }

  @Override
  public void stepFailed(Scope scope, UUID operation, int number, String error) {
    report(operation, "failed " + number);
  }

  @Override
  public void stepSkipped(Scope scope, UUID operation, int number, @Nullable String message) {
    report(operation, "skipped " + number);
  }

  @Override
  public void succeed(Scope scope, UUID operation) {
    report(operation, "succeeded");
  }

  @Override
  public void fail(Scope scope, UUID operation, String error) {
    report(operation, "failed");
  }

  @Override
  public void cancel(Scope scope, UUID operation, String reason) {
    report(operation, "cancelled");
  }

  private void report(UUID operation, String what) {
    reports.get(operation).add(what);
  }
}
