package dev.slipway.accounts.service;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A database that keeps a list of what it is asked to do. */
public final class Work implements Database {
  private final Database database;
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();

  Work(Database database) {
    this.database = database;
  }

  /** The units of work and statements of a call, in order. */
  public List<String> of(Runnable call) {
    done.clear();
    call.run();
    return List.copyOf(done);
  }

  /** Something else happens in another unit of work, once, as soon as a statement has run. */
  public void after(String statement, Runnable other) {
    meanwhile.put(
        statement, () -> CompletableFuture.runAsync(other, Thread::startVirtualThread).join());
  }

  @Override
  public <M> M mapper(Class<M> type) {
    var mapper = database.mapper(type);
    var recorder =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              var statement = type.getSimpleName() + "." + method.getName();
              done.add(statement);
              try {
                var result = method.invoke(mapper, arguments);
                Optional.ofNullable(meanwhile.remove(statement)).ifPresent(Runnable::run);
                return result;
              } catch (InvocationTargetException refusal) {
                throw refusal.getCause();
              }
            });
    return type.cast(recorder);
  }

  @Override
  public <T> T read(Scope scope, Supplier<T> work) {
    done.add("read");
    return database.read(scope, work);
  }

  @Override
  public <T> T write(Scope scope, Supplier<T> work) {
    done.add("write");
    return database.write(scope, work);
  }

  @Override
  public void afterCommit(Runnable action) {
    database.afterCommit(action);
  }
}
