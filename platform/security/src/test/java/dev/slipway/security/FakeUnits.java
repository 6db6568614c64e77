package dev.slipway.security;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Units of work without a database: only what happens after a commit. */
public final class FakeUnits implements Database {
  private @Nullable List<Runnable> afterCommit;

  @Override
  public <M> M mapper(Class<M> type) {
    throw new UnsupportedOperationException("no database here");
  }

  @Override
  public <T> T read(Scope scope, Supplier<T> work) {
    return work.get();
  }

  @Override
  public <T> T write(Scope scope, Supplier<T> work) {
    var actions = new ArrayList<Runnable>();
    afterCommit = actions;
    try {
      var result = work.get();
      actions.forEach(Runnable::run);
      return result;
    } finally {
      afterCommit = null;
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    if (afterCommit == null) {
      throw new IllegalStateException("no unit of work");
    }
    afterCommit.add(action);
  }
}
