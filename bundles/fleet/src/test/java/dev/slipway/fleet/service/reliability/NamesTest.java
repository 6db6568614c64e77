package dev.slipway.fleet.service.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.service.reliability.Names.Addresses;
import dev.slipway.fleet.service.reliability.Names.Silence;
import dev.slipway.fleet.service.reliability.Names.Unknown;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void asksTheOperatingSystem() {
    var found = new Names().resolve(List.of("localhost"));
    assertThat(found.get("localhost")).isInstanceOf(Addresses.class);
  }

  @Test
  void waitsForNobodyForEver() throws Exception {
    var go = new CountDownLatch(1);
    var names =
        new Names(
            name -> {
              if (name.startsWith("slow")) {
                awaited(go);
              }
              return new InetAddress[] {InetAddress.ofLiteral("192.0.2.1")};
            });
    try {
      // More than may be asked at a time.
      var slow = IntStream.range(0, 40).mapToObj(i -> "slow" + i).toList();
      assertThat(names.resolve(slow).values()).hasSize(40).hasOnlyElementsOfType(Silence.class);
      assertThat(names.resolve(List.of("other")).get("other")).isInstanceOf(Silence.class);
    } finally {
      go.countDown();
    }
    var until = System.nanoTime() + 60_000_000_000L;
    while (!(names.resolve(List.of("other")).get("other") instanceof Addresses)) {
      assertThat(System.nanoTime()).as("the places are free again").isLessThan(until);
    }
  }

  @Test
  void tellsNamesThatDoNotExist() {
    var names =
        new Names(
            name -> {
              throw new java.net.UnknownHostException(name);
            });
    assertThat(names.resolve(List.of("gone")).get("gone")).isInstanceOf(Unknown.class);
  }

  private static void awaited(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
