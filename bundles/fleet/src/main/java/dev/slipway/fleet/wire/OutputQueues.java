package dev.slipway.fleet.wire;

import dev.slipway.fleet.AgentOutput;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.LogEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands agents' output to all registered consumers. While there is none, as during an update of the
 * bundle that brings it, the newest output is parked for the next one.
 */
@Component(service = OutputQueues.class)
public final class OutputQueues {
  private static final Logger LOG = LoggerFactory.getLogger(OutputQueues.class);
  private static final long CAPACITY = 4L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final long OVERHEAD = 200;

  private final Map<AgentOutput, Consumer> consumers = new ConcurrentHashMap<>();
  private final OutputQueue parked = new OutputQueue(CAPACITY, Duration.ZERO);
  private final long capacity;
  private final Duration patience;

  private record Consumer(OutputQueue queue, Thread thread) {}

  private record Chunk(Command command, String text) implements OutputQueue.Output {
    @Override
    public UUID serverId() {
      return command.serverId();
    }

    @Override
    public long weight() {
      return text.length() + OVERHEAD;
    }

    @Override
    public void tell(AgentOutput consumer) {
      consumer.onCommandOutput(command, text);
    }
  }

  private record Lines(UUID serverId, UUID tenantId, List<LogEntry> entries, long weight)
      implements OutputQueue.Output {
    @Override
    public void tell(AgentOutput consumer) {
      consumer.onLogs(serverId, tenantId, entries);
    }
  }

  @Activate
  public OutputQueues() {
    this(CAPACITY, PATIENCE);
  }

  OutputQueues(long capacity, Duration patience) {
    this.capacity = capacity;
    this.patience = patience;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addConsumer(AgentOutput consumer) {
    var queue = new OutputQueue(capacity, patience);
    parked.drain().forEach(queue::offer);
    var thread = Thread.ofVirtual().name("agent-output").start(() -> feed(consumer, queue));
    consumers.put(consumer, new Consumer(queue, thread));
  }

  /** Lets the consumer hear what waits, for at most 2 s. */
  public void removeConsumer(AgentOutput consumer) {
    var gone = consumers.remove(consumer);
    if (gone == null) {
      return;
    }
    gone.queue().close();
    try {
      if (!gone.thread().join(FAREWELL)) {
        gone.thread().interrupt();
      }
    } catch (InterruptedException interrupted) {
      gone.thread().interrupt();
      Thread.currentThread().interrupt();
    }
    if (consumers.isEmpty()) {
      gone.queue().drain().forEach(parked::offer);
    }
  }

  void commandOutput(Command command, String text) {
    offer(new Chunk(command, text));
  }

  void logs(UUID serverId, UUID tenantId, List<LogEntry> entries) {
    var weight = OVERHEAD;
    for (var entry : entries) {
      weight += entry.message().length() + OVERHEAD;
    }
    offer(new Lines(serverId, tenantId, List.copyOf(entries), weight));
  }

  private void offer(OutputQueue.Output output) {
    if (consumers.isEmpty()) {
      parked.offer(output);
    }
    consumers.values().forEach(consumer -> consumer.queue().offer(output));
  }

  /** A consumer is foreign code: whatever it throws is logged, and the next output goes on. */
  private static void feed(AgentOutput consumer, OutputQueue queue) {
    try {
      for (var output = queue.take(); output != null; output = queue.take()) {
        try {
          output.tell(consumer);
          if (queue.isEmpty()) {
            consumer.onIdle();
          }
        } catch (RuntimeException failure) {
          LOG.error("{} failed on output of an agent", consumer.getClass().getName(), failure);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
