package dev.slipway.events;

import static dev.slipway.events.TestLog.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Scope;
import java.nio.file.Path;
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
class SignalBusIT {
  @TempDir static Path folder;
  static TestLog log;

  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  SignalBus here;
  SignalBus there;
  int before;

  @BeforeAll
  static void open() throws Exception {
    log = new TestLog(folder);
  }

  @AfterAll
  static void close() throws Exception {
    log.close();
  }

  @BeforeEach
  void startTwoNodes() throws Exception {
    TestLog.until(() -> listeners() == 1);
    before = 1;
    here = new SignalBus(log.database, log.store);
    there = new SignalBus(log.database, log.store);
    TestLog.until(() -> listeners() == before + 2);
    there.onPrefix("t:", rest -> heard.add(rest));
    // Beginning to listen counts as a gap, so the subscriber may have been called for that already.
    here.raise("t:ready");
    while (!next().equals("ready")) {
      assertThat(heard).hasSizeLessThan(2);
    }
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    TestLog.until(() -> listeners() == before);
  }

  private static int listeners() {
    return Integer.parseInt(
        log.query("select count(*) from pg_stat_activity where query like 'listen %'"));
  }

  private String next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void aSignalReachesOtherNodes() throws Exception {
    here.raise("t:1");
    assertThat(next()).isEqualTo("1");
  }

  @Test
  void aSignalOfAUnitOfWorkIsHeardWhenItHasCommitted() throws Exception {
    log.database.run(
        Scope.tenant(id()),
        () -> {
          here.raise("t:inside");
          onAnotherThread(() -> here.raise("t:outside"));
          assertThat(poll()).isEqualTo("outside");
          assertThat(heard).isEmpty();
        });
    assertThat(next()).isEqualTo("inside");
  }

  @Test
  void aSignalOfARolledBackUnitIsNeverHeard() throws Exception {
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
  void aReadingUnitMayRaiseToo() throws Exception {
    log.database.read(
        Scope.tenant(id()),
        () -> {
          here.raise("t:reading");
          return true;
        });
    assertThat(next()).isEqualTo("reading");
  }

  @Test
  void afterALostConnectionEverybodyIsCalledAndSignalsArriveAgain() throws Exception {
    var exact = new LinkedBlockingQueue<String>();
    there.on("never-raised", () -> exact.add("called"));
    assertThat(
            log.query(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where query like 'listen %'"))
        .isEqualTo(Integer.toString(before + 2));
    assertThat(exact.poll(20, TimeUnit.SECONDS)).isEqualTo("called");
    assertThat(next()).isEmpty();
    here.raise("t:again");
    assertThat(next()).isEqualTo("again");
  }

  @Test
  void topicsAreBounded() {
    assertThatThrownBy(() -> here.raise("x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> here.on(" ", () -> {})).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLongestTopicOfTheWidestCharactersFits() throws Exception {
    var rest = "\uD83D\uDE80".repeat(99);
    here.raise("t:" + rest);
    assertThat(next()).isEqualTo(rest);
  }

  private String poll() {
    try {
      return next();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static void onAnotherThread(Runnable action) {
    try {
      Thread.ofVirtual().start(action).join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
