package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SubscribersTest {
  private final Subscribers subscribers = new Subscribers();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private String next() throws InterruptedException {
    return heard.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void callsWhoWantsTheTopicOrItsPrefix() throws InterruptedException {
    subscribers.on("a:1", () -> heard.add("exact"));
    subscribers.on("a:2", () -> heard.add("wrong"));
    subscribers.deliver("a:1");
    assertThat(next()).isEqualTo("exact");
    subscribers.onPrefix("a:", rest -> heard.add("rest " + rest));
    subscribers.deliver("a:3");
    assertThat(next()).isEqualTo("rest 3");
  }

  @Test
  void aSlowSubscriberHoldsUpNoOtherAndMergesWhatItMissed() throws InterruptedException {
    var busy = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var calls = new AtomicInteger();
    subscribers.on(
        "t",
        () -> {
          calls.incrementAndGet();
          busy.countDown();
          await(free);
          heard.add("slow");
        });
    subscribers.deliver("t");
    await(busy);
    for (var i = 0; i < 1000; i++) {
      subscribers.deliver("t");
    }
    subscribers.on("u", () -> heard.add("quick"));
    subscribers.deliver("u");
    assertThat(next()).isEqualTo("quick");
    free.countDown();
    assertThat(List.of(next(), next())).containsExactly("slow", "slow");
    subscribers.deliver("u");
    assertThat(next()).isEqualTo("quick");
    assertThat(calls).hasValue(2);
  }

  @Test
  void tooManyWaitingTopicsBecomeOneCallToLookAtEverything() throws InterruptedException {
    var busy = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    subscribers.onPrefix(
        "p:",
        rest -> {
          busy.countDown();
          await(free);
          heard.add(rest);
        });
    subscribers.deliver("p:first");
    await(busy);
    for (var i = 0; i < 10_001; i++) {
      subscribers.deliver("p:" + i);
    }
    free.countDown();
    assertThat(List.of(next(), next(), next())).containsExactly("first", "", "10000");
  }

  @Test
  void aFailingSubscriberIsCalledAgain() throws InterruptedException {
    subscribers.on(
        "t",
        () -> {
          heard.add("called");
          throw new IllegalStateException("on purpose");
        });
    subscribers.deliver("t");
    assertThat(next()).isEqualTo("called");
    subscribers.deliver("t");
    assertThat(next()).isEqualTo("called");
  }

  @Test
  void aClosedSubscriptionHearsNothing() throws InterruptedException {
    var closed = subscribers.on("t", () -> heard.add("closed"));
    var prefix = subscribers.onPrefix("t", rest -> heard.add("closed too"));
    subscribers.on("t", () -> heard.add("open"));
    closed.close();
    closed.close();
    prefix.close();
    subscribers.deliver("t");
    subscribers.deliverAll();
    assertThat(next()).isEqualTo("open");
    subscribers.deliver("t");
    assertThat(next()).isEqualTo("open");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
