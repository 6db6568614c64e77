package dev.slipway.api.rest;

import java.util.List;
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
