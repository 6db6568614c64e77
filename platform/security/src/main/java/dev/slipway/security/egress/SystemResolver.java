package dev.slipway.security.egress;

import dev.slipway.api.CurrentOperation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's resolver with a time-out. Its calls can not be interrupted and block the
 * thread beneath a virtual one, so each has a platform thread of its own, of which only so many may
 * hang. Checks have places of their own, few of them for one tenant: whoever saves names whose
 * servers do not answer takes none from calls. Those wait for theirs in turn.
 */
final class SystemResolver implements Resolver {
  static final int CALLS = 24;
  static final int CHECKS = 8;
  static final int CHECKS_OF_A_TENANT = 2;

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Resolver names;
  private final Semaphore calls = new Semaphore(CALLS, true);
  private final Semaphore checks = new Semaphore(CHECKS);
  private final ConcurrentHashMap<UUID, Integer> checksOf = new ConcurrentHashMap<>();

  SystemResolver() {
    this(host -> List.of(InetAddress.getAllByName(host)));
  }

  SystemResolver(Resolver names) {
    this.names = names;
  }

  /** For a check, which is not worth a wait. */
  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    var tenant = tenant();
    if (tenant != null && !enter(tenant)) {
      throw tooMany();
    }
    if (!checks.tryAcquire()) {
      leave(tenant);
      throw tooMany();
    }
    return lookUp(
        host,
        LONGEST.toNanos(),
        () -> {
          checks.release();
          leave(tenant);
        });
  }

  @Override
  public List<InetAddress> resolve(String host, long deadline) throws UnknownHostException {
    try {
      if (!calls.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw tooMany();
      }
    } catch (InterruptedException stopped) {
      throw interrupted();
    }
    var left = Math.min(LONGEST.toNanos(), deadline - System.nanoTime());
    return lookUp(host, left, calls::release);
  }

  /** Asks on a thread of its own, which gives the place back when it ends, however late. */
  private List<InetAddress> lookUp(String host, long nanos, Runnable giveBack)
      throws UnknownHostException {
    var lookup = new FutureTask<>(() -> names.resolve(host));
    Thread.ofPlatform()
        .daemon()
        .name("egress-lookup")
        .start(
            () -> {
              try {
                lookup.run();
              } finally {
                giveBack.run();
              }
            });
    try {
      return lookup.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw new UnknownHostException("unknown host");
    } catch (TimeoutException slow) {
      throw new UnknownHostException("the name server does not answer");
    } catch (InterruptedException stopped) {
      throw interrupted();
    }
  }

  private static @Nullable UUID tenant() {
    var operation = CurrentOperation.get();
    var caller = operation == null ? null : operation.caller();
    return caller == null || caller.membership() == null ? null : caller.tenantId();
  }

  private boolean enter(UUID tenant) {
    var entered = new boolean[1];
    checksOf.compute(
        tenant,
        (id, now) -> {
          var busy = now == null ? 0 : now;
          entered[0] = busy < CHECKS_OF_A_TENANT;
          return entered[0] ? busy + 1 : now;
        });
    return entered[0];
  }

  private void leave(@Nullable UUID tenant) {
    if (tenant != null) {
      checksOf.computeIfPresent(tenant, (id, now) -> now == 1 ? null : now - 1);
    }
  }

  private static UnknownHostException tooMany() {
    return new UnknownHostException("too many look-ups at a time");
  }

  private static UnknownHostException interrupted() {
    Thread.currentThread().interrupt();
    return new UnknownHostException("interrupted");
  }
}
