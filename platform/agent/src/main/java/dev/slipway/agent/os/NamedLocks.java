package dev.slipway.agent.os;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Work on things of the same name takes turns, in the order in which it comes. Thread-safe. */
public final class NamedLocks {
  /** Only of what is worked on or waited for: names of versions come and go. */
  private final Map<String, Turn> turns = new ConcurrentHashMap<>();

  /** A turn; it ends when it is closed, by the thread that took it. */
  public interface Taken extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Turn {
    final ReentrantLock lock = new ReentrantLock(true);
    int interested;
  }

  /** Waits for a turn. */
  public Taken take(String name) throws InterruptedException {
    var turn =
        turns.compute(
            name,
            (key, known) -> {
              var wanted = known == null ? new Turn() : known;
              wanted.interested++;
              return wanted;
            });
    try {
      turn.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      leave(name);
      throw e;
    }
    return () -> {
      turn.lock.unlock();
      leave(name);
    };
  }

  private void leave(String name) {
    turns.computeIfPresent(name, (key, turn) -> --turn.interested == 0 ? null : turn);
  }

  /** How many names are worked on or waited for. */
  int size() {
    return turns.size();
  }
}
