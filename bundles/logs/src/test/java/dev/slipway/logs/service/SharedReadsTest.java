package dev.slipway.logs.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  private static final int READERS = 10;

  final SharedReads<String, Integer> reads = new SharedReads<>();
  final AtomicInteger count = new AtomicInteger();
  final CountDownLatch begun = new CountDownLatch(1);
  final CountDownLatch open = new CountDownLatch(1);

  /** The first read waits for the gate. */
  Integer source() {
    var number = count.incrementAndGet();
    begun.countDown();
    try {
      assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return number;
  }

  @Test
  void whoComesMeanwhileSharesTheNextRead() throws Exception {
    var first = new ConcurrentLinkedQueue<Integer>();
    var others = new ConcurrentLinkedQueue<Integer>();
    var threads = new ArrayList<Thread>();
    threads.add(reader(first));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    for (var i = 0; i < READERS; i++) {
      threads.add(reader(others));
    }
    awaitWaiting(threads);
    open.countDown();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(first).containsExactly(1);
    assertThat(others).hasSize(READERS).containsOnly(2);
    assertThat(reads.read("a", this::source)).as("nothing is kept").isEqualTo(3);
  }

  private Thread reader(ConcurrentLinkedQueue<Integer> into) {
    return Thread.ofPlatform().start(() -> into.add(reads.read("a", this::source)));
  }

  /** Only then everybody has asked. */
  private static void awaitWaiting(List<Thread> threads) throws InterruptedException {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (threads.stream().anyMatch(thread -> !isWaiting(thread))) {
      assertThat(System.nanoTime()).isLessThan(until);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static boolean isWaiting(Thread thread) {
    var state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  @Test
  void whatIsReadOfOneIsNotWaitedForByAnother() throws Exception {
    var seen = new ConcurrentLinkedQueue<Integer>();
    var slow = reader(seen);
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(reads.read("b", () -> 7)).isEqualTo(7);
    open.countDown();
    slow.join();
    assertThat(seen).containsExactly(1);
  }

  @Test
  void aFailureIsTheReadersOwn() {
    assertThatThrownBy(
            () ->
                reads.read(
                    "a",
                    () -> {
                      throw new IllegalStateException("no database");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no database");
    assertThat(reads.read("a", () -> 1)).isEqualTo(1);
  }
}
