package dev.slipway.events;

import static dev.slipway.events.TestLog.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.api.Scope;
import dev.slipway.store.json.PlatformJson;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NatsCarrierIT {
  @TempDir static Path folder;
  @TempDir static Path natsFolder;
  static TestLog log;
  static NatsServer nats;

  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  final BlockingQueue<String> heardHere = new LinkedBlockingQueue<>();
  SignalBus here;
  SignalBus there;

  @BeforeAll
  static void open() throws Exception {
    var program = NatsServer.find();
    if (program.isEmpty()) {
      System.out.println("skipped: there is no nats-server on the PATH");
    }
    assumeTrue(program.isPresent(), "there is no nats-server on the PATH");
    nats = new NatsServer(program.get(), natsFolder);
    log = new TestLog(folder);
  }

  @AfterAll
  static void close() throws Exception {
    if (log != null) {
      log.close();
      nats.close();
    }
  }

  @BeforeEach
  void startTwoNodes() throws Exception {
    here = new SignalBus(log.database, log.store, nats.url());
    there = new SignalBus(log.database, log.store, nats.url());
    here.onPrefix("t:", rest -> heardHere.add(rest));
    there.onPrefix("t:", rest -> heard.add(rest));
    awaitBoth();
  }

  /** What is raised before a node listens is not heard there, but for being called once. */
  private void awaitBoth() throws Exception {
    TestLog.until(
        () -> {
          here.raise("t:is there");
          there.raise("t:is here");
          return heard.contains("is there") && heardHere.contains("is here");
        });
    here.raise("t:last of here");
    there.raise("t:last of there");
    for (var queue : List.of(heard, heardHere)) {
      var awaited = new HashSet<>(Set.of("last of here", "last of there"));
      while (!awaited.isEmpty()) {
        awaited.remove(poll(queue));
      }
    }
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  private static String poll(BlockingQueue<String> queue) throws InterruptedException {
    return queue.poll(30, TimeUnit.SECONDS);
  }

  private String next() {
    try {
      return poll(heard);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void aSignalReachesOtherNodesAndItsOwn() throws Exception {
    here.raise("t:1");
    assertThat(next()).isEqualTo("1");
    assertThat(poll(heardHere)).isEqualTo("1");
    here.raise("t:2");
    assertThat(next()).isEqualTo("2");
    assertThat(poll(heardHere)).as("its own comes once").isEqualTo("2");
  }

  @Test
  void aSignalOfAUnitOfWorkIsHeardWhenItHasCommitted() {
    log.database.run(
        Scope.tenant(id()),
        () -> {
          here.raise("t:inside");
          there.raise("t:outside");
          assertThat(heard).isEmpty();
        });
    assertThat(next()).isIn("inside", "outside");
    assertThat(next()).isIn("inside", "outside");
  }

  @Test
  void aSignalOfARolledBackUnitIsNeverHeard() {
    assertThatThrownBy(
            () ->
                log.database.run(
                    TestLog.PLATFORM,
                    () -> {
                      here.raise("t:lost");
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    here.raise("t:next");
    assertThat(next()).isEqualTo("next");
  }

  @Test
  void whatIsRaisedWhileNatsIsAwayArrivesLater() throws Exception {
    nats.kill();
    heard.clear();
    here.raise("t:away");
    assertThat(poll(heardHere)).as("the own node needs no NATS").isEqualTo("away");
    nats.start();
    // Who is connected again after the sender hears of the gap instead: an empty text.
    assertThat(next()).isIn("away", "");
  }

  @Test
  void nodesHearOfEventsThroughIt() throws Exception {
    var calls = new LinkedBlockingQueue<String>();
    there.on(EventLog.APPENDED, () -> calls.add("called"));
    var events = new EventLog(log.database, new PlatformJson(), here);
    log.database.run(TestLog.PLATFORM, () -> events.publish(Happened.at(id(), id(), 1)));
    assertThat(poll(calls)).isEqualTo("called");
  }

  @Test
  void nodesBeginWithoutNats() throws Exception {
    nats.kill();
    try (var early = new SignalBus(log.database, log.store, nats.url())) {
      var first = new LinkedBlockingQueue<String>();
      early.onPrefix("t:", first::add);
      nats.start();
      assertThat(poll(first)).as("called once when NATS is there").isEmpty();
      here.raise("t:now");
      for (var topic = poll(first); !"now".equals(topic); topic = poll(first)) {
        assertThat(topic).isEmpty();
      }
    }
  }
}
