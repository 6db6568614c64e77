package dev.slipway.store;

import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.store.mapper.Mappers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The database as one plugin sees it: its own tables alone, and a few connections at a time, so
 * that it can not keep the others from theirs.
 */
final class PluginDatabase implements Database {
  static final int CONNECTIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String feature;
  private final Units units;
  private final Mappers mappers;
  private final Semaphore free = new Semaphore(CONNECTIONS, true);

  PluginDatabase(String feature, Units units, PluginRoles roles) {
    this.feature = feature;
    this.units = units;
    mappers = new Mappers(() -> units.connection(roles));
  }

  @Override
  public <M> M mapper(Class<M> type) {
    return mappers.mapper(type);
  }

  @Override
  public <T> T read(Scope scope, Supplier<T> work) {
    return bounded(() -> units.read(scope, work));
  }

  @Override
  public <T> T write(Scope scope, Supplier<T> work) {
    return bounded(() -> units.write(scope, work));
  }

  @Override
  public void afterCommit(Runnable action) {
    units.afterCommit(action);
  }

  private <T> T bounded(Supplier<T> work) {
    if (units.isOpen()) {
      return work.get();
    }
    await();
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  private void await() {
    try {
      if (free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw CommonError.UNAVAILABLE
        .of("A connection for " + feature)
        .retryAfter(Duration.ofSeconds(1));
  }
}
