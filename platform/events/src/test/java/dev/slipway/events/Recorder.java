package dev.slipway.events;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps what it has handled. */
final class Recorder implements EventListener {
  final List<StoredEvent> handled = new CopyOnWriteArrayList<>();
  private final String name;
  private final EventFilter filter;
  private final Handler handler;

  /** Does the work of one event. */
  interface Handler {
    void on(StoredEvent event) throws Exception;
  }

  Recorder(String name, EventFilter filter, Handler handler) {
    this.name = name;
    this.filter = filter;
    this.handler = handler;
  }

  Recorder(String name, EventFilter filter) {
    this(name, filter, event -> {});
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public EventFilter filter() {
    return filter;
  }

  @Override
  public void on(StoredEvent event) throws Exception {
    handler.on(event);
    handled.add(event);
  }

  List<Integer> numbers() {
    return TestLog.numbers(handled);
  }
}
