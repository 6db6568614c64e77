package dev.slipway.activity.service;

import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what was published. */
final class PublishedEvents implements Events {
  private final List<DomainEvent> published = new ArrayList<>();

  @Override
  public synchronized void publish(DomainEvent event) {
    published.add(event);
  }

  synchronized <E extends DomainEvent> List<E> take(Class<E> type) {
    var taken = published.stream().filter(type::isInstance).map(type::cast).toList();
    published.clear();
    return taken;
  }

  @Override
  public List<StoredEvent> after(
      Scope scope, EventFilter filter, @Nullable String after, int limit) {
    throw new UnsupportedOperationException("nothing here reads events");
  }

  @Override
  public String now(Scope scope) {
    throw new UnsupportedOperationException("nothing here reads events");
  }
}
