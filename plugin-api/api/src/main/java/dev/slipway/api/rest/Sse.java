package dev.slipway.api.rest;

import dev.slipway.api.event.Signals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A server-sent event stream as the return value of a resource method. The platform owns the
 * connection: it asks for the next batch, waits for {@link #topic()} to be raised where there is
 * none, writes a comment and a {@code ping} event after 15 s of silence, resumes from {@code
 * Last-Event-ID}, and ends the stream when the bundle stops.
 *
 * @param topic the {@link dev.slipway.api.event.Signals signal} that says there may be more
 * @param from id of the last event the client has seen, null from the start
 * @param source gives the events after an id; called on the request's virtual thread
 */
@ProviderType
public record Sse(String topic, @Nullable String from, Source source) {
  /** Longest time between two looks, should a signal be lost. */
  private static final Duration LOOK = Duration.ofSeconds(15);

  /**
   * Hands the events to a sink on this thread, as they come, until the stream ends by itself: what
   * the platform does with a stream that a resource method returns, for those who write it to
   * somewhere else.
   *
   * @param signals to wait on
   * @param longest for how long at most
   * @return whether the stream has ended by itself
   * @throws InterruptedException where the thread is told to stop meanwhile
   * @since 1.3
   */
  public boolean follow(Signals signals, Duration longest, Consumer<Event> sink)
      throws InterruptedException {
    var more = new Semaphore(0);
    var until = System.nanoTime() + longest.toNanos();
    try (var woken = signals.on(topic, more::release)) {
      var last = from;
      while (System.nanoTime() < until) {
        // What is raised from here on wakes the next wait.
        more.drainPermits();
        var batch = source.after(last);
        for (var event : batch.events()) {
          sink.accept(event);
          last = event.id();
        }
        if (batch.last()) {
          return true;
        }
        if (batch.events().isEmpty()) {
          var left = Math.min(LOOK.toNanos(), until - System.nanoTime());
          more.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
      }
      return false;
    }
  }

  /** Where the events come from. */
  @ConsumerType
  @FunctionalInterface
  public interface Source {
    /**
     * The events after the given id (null = from the start), oldest first, a bounded number of
     * them.
     */
    Batch after(@Nullable String lastId);
  }

  /**
   * Some events of a stream.
   *
   * @param events oldest first, possibly none
   * @param last whether the stream ends after them
   */
  public record Batch(List<Event> events, boolean last) {
    public Batch {
      events = List.copyOf(events);
    }
  }

  /**
   * One event.
   *
   * @param id what a client sends as {@code Last-Event-ID} to go on behind it; no line breaks
   * @param name the {@code event:} field, null for the default
   * @param data written as JSON
   */
  public record Event(String id, @Nullable String name, Object data) {}
}
