package com.example.specimen;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Wants to hear everything. */
public final class Listening implements EventListener {
  private static final List<String> HEARD = new CopyOnWriteArrayList<>();

  static List<String> heard() {
    return HEARD;
  }

  @Override
  public String name() {
    return "curious.everything";
  }

  @Override
  public EventFilter filter() {
    return new EventFilter(Set.of(), null);
  }

  @Override
  public void on(StoredEvent event) {
    HEARD.add(event.type());
  }
}
