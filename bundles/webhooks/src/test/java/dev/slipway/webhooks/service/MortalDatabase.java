package dev.slipway.webhooks.service;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.util.function.Supplier;

/**
 * The database as a node sees it that can die at any moment: from then on nothing of it reaches the
 * database, and what it has not committed is undone.
 */
final class MortalDatabase implements Database {
  private final Database database;
  private volatile boolean dead;

  MortalDatabase(Database database) {
    this.database = database;
  }

  void die() {
    dead = true;
  }

  @Override
  public <M> M mapper(Class<M> type) {
    return database.mapper(type);
  }

  @Override
  public <T> T read(Scope scope, Supplier<T> work) {
    return database.read(scope, alive(work));
  }

  @Override
  public <T> T write(Scope scope, Supplier<T> work) {
    return database.write(scope, alive(work));
  }

  @Override
  public void afterCommit(Runnable action) {
    database.afterCommit(action);
  }

  private <T> Supplier<T> alive(Supplier<T> work) {
    return () -> {
      check();
      var result = work.get();
      check();
      return result;
    };
  }

  private void check() {
    if (dead) {
      throw new IllegalStateException("this node is dead");
    }
  }
}
