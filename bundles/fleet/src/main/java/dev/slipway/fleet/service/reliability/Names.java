package dev.slipway.fleet.service.reliability;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Asks the operating system how names resolve. Its calls can not be interrupted and hold the thread
 * beneath a virtual one, so each has a platform thread, of which only so many may hang.
 */
@Component(service = Names.class)
public final class Names {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int MOST_AT_A_TIME = 16;

  private final Semaphore places = new Semaphore(MOST_AT_A_TIME);
  private final Resolver resolver;

  @Activate
  public Names() {
    this(InetAddress::getAllByName);
  }

  public Names(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Knows the addresses of a name, after a while. */
  public interface Resolver {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  /** What was heard of a name. */
  sealed interface Answer {}

  /** It has these addresses, in their textual form. */
  record Addresses(List<String> all) implements Answer {}

  /** There is no such name. */
  record Unknown() implements Answer {}

  /** Nobody said in time. */
  record Silence() implements Answer {}

  /** What was heard of each name; all together take no longer than the time that one may take. */
  Map<String, Answer> resolve(Collection<String> names) {
    var until = System.nanoTime() + LONGEST.toNanos();
    var asked = new LinkedHashMap<String, FutureTask<Answer>>();
    for (var name : names) {
      var lookup = new FutureTask<>(() -> answer(name));
      asked.put(name, lookup);
      start(lookup, until);
    }
    var answers = new LinkedHashMap<String, Answer>();
    asked.forEach((name, lookup) -> answers.put(name, await(lookup, until)));
    return answers;
  }

  private void start(FutureTask<Answer> lookup, long until) {
    try {
      if (!places.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        lookup.cancel(false);
        return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      lookup.cancel(false);
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("fleet-name")
        .start(
            () -> {
              try {
                lookup.run();
              } finally {
                places.release();
              }
            });
  }

  private Answer answer(String name) {
    try {
      return new Addresses(
          Arrays.stream(resolver.addresses(name))
              .map(InetAddress::getHostAddress)
              .distinct()
              .toList());
    } catch (UnknownHostException unknown) {
      return new Unknown();
    }
  }

  private static Answer await(FutureTask<Answer> lookup, long until) {
    try {
      return lookup.isCancelled()
          ? new Silence()
          : lookup.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      return new Silence();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Silence();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible.getCause());
    }
  }
}
