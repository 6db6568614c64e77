package dev.slipway.security.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names whose servers do not answer. */
class SystemResolverTest {
  final InetAddress somewhere = InetAddress.ofLiteral("192.0.2.1");
  final Semaphore hanging = new Semaphore(0);
  final Semaphore end = new Semaphore(0);
  final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final SystemResolver resolver =
      new SystemResolver(
          host -> {
            if (host.equals("hangs.example")) {
              hanging.release();
              end.acquireUninterruptibly();
            }
            return List.of(somewhere);
          });

  @AfterEach
  void letGo() {
    end.release(10_000);
    threads.close();
  }

  @Test
  void checksTakeNoPlaceFromCalls() throws Exception {
    for (var i = 0; i < SystemResolver.CHECKS; i++) {
      threads.submit(() -> resolver.resolve("hangs.example"));
    }
    hanging.acquire(SystemResolver.CHECKS);
    refused("quick.example");
    for (var i = 0; i < SystemResolver.CALLS; i++) {
      assertThat(resolver.resolve("quick.example", in(10))).containsExactly(somewhere);
    }
  }

  @Test
  void aTenantTakesFewPlacesForChecks() throws Exception {
    var tenant = Ids.next();
    for (var i = 0; i < SystemResolver.CHECKS_OF_A_TENANT; i++) {
      threads.submit(() -> as(tenant, () -> resolver.resolve("hangs.example")));
    }
    hanging.acquire(SystemResolver.CHECKS_OF_A_TENANT);
    as(
        tenant,
        () -> {
          refused("quick.example");
          return List.of();
        });
    assertThat(as(Ids.next(), () -> resolver.resolve("quick.example"))).containsExactly(somewhere);
  }

  @Test
  void aTenantGetsItsPlacesBack() {
    var tenant = Ids.next();
    for (var i = 0; i < 3 * SystemResolver.CHECKS; i++) {
      // The place is given back just after the answer.
      var found = List.<InetAddress>of();
      while (found.isEmpty()) {
        found = as(tenant, () -> orNone("quick.example"));
      }
      assertThat(found).containsExactly(somewhere);
    }
  }

  @Test
  void aCallWaitsForAPlaceUntilItsDeadline() throws Exception {
    for (var i = 0; i < SystemResolver.CALLS; i++) {
      threads.submit(() -> resolver.resolve("hangs.example", in(60)));
    }
    hanging.acquire(SystemResolver.CALLS);
    assertThatThrownBy(() -> resolver.resolve("quick.example", System.nanoTime() + 1_000_000))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("too many");
    var waiting =
        CompletableFuture.supplyAsync(
            () -> found(() -> resolver.resolve("quick.example", in(60))), threads);
    end.release();
    assertThat(waiting.join()).containsExactly(somewhere);
  }

  private interface Lookup {
    List<InetAddress> found() throws UnknownHostException;
  }

  private List<InetAddress> orNone(String host) {
    try {
      return resolver.resolve(host);
    } catch (UnknownHostException busy) {
      return List.of();
    }
  }

  private static List<InetAddress> found(Lookup lookup) {
    try {
      return lookup.found();
    } catch (UnknownHostException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  private static List<InetAddress> as(UUID tenant, Lookup lookup) {
    var seat = new Membership(tenant, Role.USER, false);
    var caller = new Caller(Ids.next(), null, null, "tester", seat, "request", "192.0.2.7");
    var result = new CompletableFuture<List<InetAddress>>();
    CurrentOperation.bound(
        () -> {
          Objects.requireNonNull(CurrentOperation.get()).identify("test", caller, false);
          result.complete(found(lookup));
        });
    return result.join();
  }

  private void refused(String host) {
    assertThatThrownBy(() -> resolver.resolve(host))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("too many");
  }

  private static long in(int seconds) {
    return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
  }
}
