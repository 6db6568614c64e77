package dev.slipway.scripting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who runs next. Each tenant has a short queue of its own and tenants take turns, so that however
 * much one of them wants, another waits for one run at most. None gets all places, and one whose
 * scripts had to be killed waits longer and longer.
 */
final class Turns {
  private static final Duration FIRST_PENALTY = Duration.ofSeconds(1);
  private static final Duration LONGEST_PENALTY = Duration.ofSeconds(30);
  private static final Duration FORGIVEN = Duration.ofMinutes(5);

  private final int perTenant;
  private final int waitingPerTenant;
  private final int waitingInAll;

  /** Tests hold it to bring an interrupt and a grant together. */
  final ReentrantLock lock = new ReentrantLock();

  private final Map<UUID, Tenant> tenants = new LinkedHashMap<>();
  private int free;
  private int waiting;

  /**
   * Gives out this many places.
   *
   * @param perTenant most places that one tenant has at a time
   * @param waitingPerTenant most that wait for one tenant
   * @param waitingInAll most that wait
   */
  Turns(int places, int perTenant, int waitingPerTenant, int waitingInAll) {
    free = places;
    this.perTenant = perTenant;
    this.waitingPerTenant = waitingPerTenant;
    this.waitingInAll = waitingInAll;
  }

  private static final class Waiter {
    final Condition turn;
    boolean granted;

    Waiter(Condition turn) {
      this.turn = turn;
    }
  }

  private static final class Tenant {
    final Deque<Waiter> queue = new ArrayDeque<>();
    int running;
    long pausedUntil = System.nanoTime();
    Duration penalty = Duration.ZERO;
    long killedAt;

    boolean idle(long now) {
      return queue.isEmpty()
          && running == 0
          && (penalty.isZero() || now - killedAt > FORGIVEN.toNanos());
    }
  }

  /**
   * Waits for a place; who gets one gives it {@link #back}.
   *
   * @return false where too many wait already, or it has taken too long
   */
  boolean take(UUID tenantId, Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var tenant = tenants.computeIfAbsent(tenantId, absent -> new Tenant());
      if (tenant.queue.size() >= waitingPerTenant || waiting >= waitingInAll) {
        return false;
      }
      var waiter = new Waiter(lock.newCondition());
      tenant.queue.add(waiter);
      waiting++;
      grant();
      return await(tenant, waiter, longest.toNanos());
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Tenant tenant, Waiter waiter, long longest) throws InterruptedException {
    var left = longest;
    try {
      while (!waiter.granted && left > 0) {
        // A pause ends without a signal.
        var pause = tenant.pausedUntil - System.nanoTime();
        var slice = pause > 0 ? Math.min(left, pause) : left;
        left -= slice - waiter.turn.awaitNanos(slice);
        grant();
      }
    } catch (InterruptedException interrupted) {
      // Its turn may have come while it woke up: nobody else would give that place back.
      if (waiter.granted) {
        tenant.running--;
        free++;
        grant();
      }
      throw interrupted;
    } finally {
      if (!waiter.granted) {
        tenant.queue.remove(waiter);
        waiting--;
      }
    }
    return waiter.granted;
  }

  /** A place is free again. */
  void back(UUID tenantId) {
    lock.lock();
    try {
      tenants.get(tenantId).running--;
      free++;
      grant();
      var now = System.nanoTime();
      tenants.values().removeIf(tenant -> tenant.idle(now));
    } finally {
      lock.unlock();
    }
  }

  /** A process had to be killed for what this tenant ran. */
  void punish(UUID tenantId) {
    lock.lock();
    try {
      var tenant = tenants.computeIfAbsent(tenantId, absent -> new Tenant());
      var now = System.nanoTime();
      var again = !tenant.penalty.isZero() && now - tenant.killedAt < FORGIVEN.toNanos();
      var doubled = tenant.penalty.multipliedBy(2);
      tenant.penalty =
          !again
              ? FIRST_PENALTY
              : doubled.compareTo(LONGEST_PENALTY) < 0 ? doubled : LONGEST_PENALTY;
      tenant.killedAt = now;
      tenant.pausedUntil = now + tenant.penalty.toNanos();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a tenant's penalty lasts, for tests. */
  boolean pauses(UUID tenantId) {
    lock.lock();
    try {
      var tenant = tenants.get(tenantId);
      return tenant != null && tenant.pausedUntil - System.nanoTime() > 0;
    } finally {
      lock.unlock();
    }
  }

  /** The tenant that was served last stands at the end. */
  private void grant() {
    var now = System.nanoTime();
    while (free > 0) {
      var next =
          tenants.entrySet().stream()
              .filter(entry -> mayRun(entry.getValue(), now))
              .findFirst()
              .orElse(null);
      if (next == null) {
        return;
      }
      var tenant = next.getValue();
      var waiter = tenant.queue.remove();
      waiter.granted = true;
      waiting--;
      tenant.running++;
      free--;
      waiter.turn.signal();
      tenants.remove(next.getKey());
      tenants.put(next.getKey(), tenant);
    }
  }

  private boolean mayRun(Tenant tenant, long now) {
    return !tenant.queue.isEmpty() && tenant.running < perTenant && now - tenant.pausedUntil >= 0;
  }
}
