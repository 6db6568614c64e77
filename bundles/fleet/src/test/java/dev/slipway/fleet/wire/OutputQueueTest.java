package dev.slipway.fleet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.AgentOutput;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutputQueueTest {
  private static final UUID SERVER = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  private record Text(String text, UUID serverId) implements OutputQueue.Output {
    Text(String text) {
      this(text, SERVER);
    }

    @Override
    public long weight() {
      return text.length();
    }

    @Override
    public void tell(AgentOutput consumer) {}
  }

  @Test
  void dropsTheOldestWhereNobodyListens() throws Exception {
    var queue = new OutputQueue(10, Duration.ofMillis(50));
    for (var number = 0; number < 1_000; number++) {
      queue.offer(new Text("%05d".formatted(number)));
    }
    assertThat(queue.take()).isEqualTo(new Text("00998"));
    assertThat(queue.take()).isEqualTo(new Text("00999"));
    assertThat(queue.dropped()).isEqualTo(998);
  }

  @Test
  void holdsTheProducerWhileTheConsumerMoves() throws Exception {
    var queue = new OutputQueue(10, Duration.ofSeconds(30));
    queue.offer(new Text("12345"));
    queue.offer(new Text("67890"));
    var offered = new CountDownLatch(1);
    var producer =
        Thread.ofVirtual()
            .start(
                () -> {
                  queue.offer(new Text("abcde"));
                  offered.countDown();
                });
    assertThat(offered.await(100, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(queue.take()).isEqualTo(new Text("12345"));
    assertThat(offered.await(30, TimeUnit.SECONDS)).isTrue();
    producer.join();
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void endsForTheConsumerOnceClosedAndEmpty() throws Exception {
    var queue = new OutputQueue(10, Duration.ZERO);
    queue.offer(new Text("last"));
    queue.close();
    assertThat(queue.take()).isEqualTo(new Text("last"));
    assertThat(queue.take()).isNull();
  }

  @Test
  void lanesTakeTurnsAndWhatFloodsFillsItsOwnAlone() throws Exception {
    var queue = new OutputQueue(20, Duration.ofMillis(50));
    for (var number = 0; number < 100; number++) {
      queue.offer(new Text("%05d".formatted(number)));
    }
    queue.offer(new Text("other", OTHER));
    queue.offer(new Text("again", OTHER));
    assertThat(queue.take()).isEqualTo(new Text("00096"));
    assertThat(queue.take()).isEqualTo(new Text("other", OTHER));
    assertThat(queue.take()).isEqualTo(new Text("00097"));
    assertThat(queue.take()).isEqualTo(new Text("again", OTHER));
    assertThat(queue.take()).isEqualTo(new Text("00098"));
    assertThat(queue.dropped()).isEqualTo(96);
  }
}
