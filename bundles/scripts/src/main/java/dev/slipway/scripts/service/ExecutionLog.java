package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.scripts.Execution;
import dev.slipway.scripts.store.ExecutionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps executions of runs that features have asked for. Those that end while others are being
 * written wait and are written together: a run of a small script costs less than a commit.
 */
@Component(service = ExecutionLog.class)
public final class ExecutionLog {
  private static final Scope SCOPE = Scope.platform("executions of all tenants, kept together");
  private static final int MOST = 200;

  private final Database database;
  private final Json json;
  private final ExecutionStore executions;
  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentLinkedQueue<Entry> waiting = new ConcurrentLinkedQueue<>();

  @Activate
  public ExecutionLog(@Reference Database database, @Reference Json json) {
    this.database = database;
    this.json = json;
    executions = new ExecutionStore(database);
  }

  private static final class Entry {
    final Execution execution;
    boolean written;
    @Nullable RuntimeException failure;

    Entry(Execution execution) {
      this.execution = execution;
    }
  }

  /** Returns when it is kept; one whose script was removed meanwhile is not. */
  void keep(Execution execution) {
    var entry = new Entry(execution);
    waiting.add(entry);
    writing.lock();
    try {
      while (!entry.written) {
        write(next());
      }
    } finally {
      writing.unlock();
    }
    if (entry.failure != null) {
      throw entry.failure;
    }
  }

  private List<Entry> next() {
    var batch = new ArrayList<Entry>();
    while (batch.size() < MOST && waiting.peek() != null) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  private void write(List<Entry> batch) {
    RuntimeException failure = new IllegalStateException("the execution could not be kept");
    try {
      var rows = json.write(batch.stream().map(entry -> entry.execution).toList());
      database.run(SCOPE, () -> executions.insertAll(rows));
      failure = null;
    } catch (RuntimeException refused) {
      failure = refused;
    } finally {
      settle(batch, failure);
    }
  }

  /** What is wrong with one must not be the others' loss. */
  private void settle(List<Entry> batch, @Nullable RuntimeException failure) {
    if (failure != null && batch.size() > 1) {
      batch.forEach(entry -> write(List.of(entry)));
      return;
    }
    for (var entry : batch) {
      entry.failure = failure;
      entry.written = true;
    }
  }
}
