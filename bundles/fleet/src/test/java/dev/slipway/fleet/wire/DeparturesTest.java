package dev.slipway.fleet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.fleet.store.server.NodeStore.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  static Held stream() {
    return new Held(Ids.next(), Ids.next());
  }

  @Test
  void whatEndsMeanwhileIsNotedTogether() throws Exception {
    var noted = new LinkedBlockingQueue<List<Held>>();
    var go = new CountDownLatch(1);
    var departures =
        new Departures(
            streams -> {
              noted.add(streams);
              awaitQuietly(go);
            });
    var first = stream();
    departures.add(first, () -> {});
    assertThat(noted.poll(10, TimeUnit.SECONDS)).containsExactly(first);
    var others = List.of(stream(), stream(), stream());
    var forgotten = new ArrayList<Held>();
    others.forEach(each -> departures.add(each, () -> forgotten.add(each)));
    go.countDown();
    departures.close();
    assertThat(noted).containsExactly(others);
    assertThat(forgotten).isEqualTo(others);
  }

  @Test
  void afterAFailureTheNextOnesAreNoted() {
    var noted = new LinkedBlockingQueue<List<Held>>();
    var departures =
        new Departures(
            streams -> {
              noted.add(streams);
              if (noted.size() == 1) {
                throw new IllegalStateException("the first time");
              }
            });
    departures.add(stream(), () -> {});
    var second = stream();
    while (noted.isEmpty()) {
      Thread.onSpinWait();
    }
    departures.add(second, () -> {});
    departures.close();
    assertThat(noted.stream().skip(1)).containsExactly(List.of(second));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatCouldNotBeNotedIsNotedOnceTheDatabaseIsBack() {
    var noted = new LinkedBlockingQueue<List<Held>>();
    var departures =
        new Departures(
            streams -> {
              noted.add(streams);
              if (noted.size() <= 2) {
                throw CommonError.UNAVAILABLE.of("The database");
              }
            });
    var stream = stream();
    departures.add(stream, () -> {});
    while (noted.size() < 3) {
      Thread.onSpinWait();
    }
    departures.close();
    assertThat(noted).containsExactly(List.of(stream), List.of(stream), List.of(stream));
  }
}
