package dev.slipway.logs.service;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has those who want to read the same at the same time read it once. Nobody gets what was read
 * before they asked: who comes while it is being read shares the next read with all others who do.
 */
final class SharedReads<K, V> {
  private final Map<K, Round<V>> newest = new HashMap<>();

  /** One read, for all who asked before it began. */
  private static final class Round<V> {
    private final CompletableFuture<V> result = new CompletableFuture<>();
    private boolean begun;
  }

  /** Reads, or waits for somebody who is about to. */
  V read(K key, Supplier<V> source) {
    var round = new Round<V>();
    Round<V> last;
    synchronized (newest) {
      last = newest.get(key);
      if (last != null && !last.begun) {
        round = last;
      } else {
        newest.put(key, round);
      }
    }
    if (round != last) {
      lead(key, round, last, source);
    }
    try {
      return round.result.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private void lead(K key, Round<V> round, @Nullable Round<V> before, Supplier<V> source) {
    if (before != null) {
      before.result.handle((value, failure) -> true).join();
    }
    synchronized (newest) {
      round.begun = true;
    }
    try {
      round.result.complete(source.get());
    } catch (RuntimeException | Error failure) {
      round.result.completeExceptionally(failure);
    } finally {
      synchronized (newest) {
        newest.remove(key, round);
      }
    }
  }
}
