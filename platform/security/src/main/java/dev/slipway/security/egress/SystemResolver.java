package dev.slipway.security.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The operating system's resolver with a time-out. Its calls can not be interrupted and block the
 * thread beneath a virtual one, so each has a platform thread of its own, of which only so many may
 * hang.
 */
final class SystemResolver implements Resolver {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int MAX_LOOKUPS = 32;

  private final Semaphore lookups = new Semaphore(MAX_LOOKUPS);

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    if (!lookups.tryAcquire()) {
      throw new UnknownHostException("too many look-ups at a time");
    }
    var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    Thread.ofPlatform()
        .daemon()
        .name("egress-lookup")
        .start(
            () -> {
              try {
                lookup.run();
              } finally {
                lookups.release();
              }
            });
    try {
      return lookup.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new UnknownHostException("unknown host");
    } catch (TimeoutException slow) {
      throw new UnknownHostException("the name server does not answer");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    }
  }
}
