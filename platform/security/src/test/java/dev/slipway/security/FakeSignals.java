package dev.slipway.security;

import dev.slipway.api.event.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Signals that arrive at once, or when the test delivers them. */
public final class FakeSignals implements Signals {
  private final List<Map.Entry<String, Consumer<String>>> subscribers =
      new CopyOnWriteArrayList<>();
  private final List<String> held = new ArrayList<>();
  private boolean holding;

  /** From now on signals wait for {@link #deliver}. */
  public void hold() {
    holding = true;
  }

  /** Delivers what was held. */
  public void deliver() {
    holding = false;
    List.copyOf(held).forEach(this::raise);
    held.clear();
  }

  @Override
  public void raise(String topic) {
    if (holding) {
      held.add(topic);
      return;
    }
    subscribers.stream()
        .filter(subscriber -> topic.startsWith(subscriber.getKey()))
        .forEach(
            subscriber ->
                subscriber.getValue().accept(topic.substring(subscriber.getKey().length())));
  }

  @Override
  public Subscription on(String topic, Runnable action) {
    return onPrefix(topic, rest -> action.run());
  }

  @Override
  public Subscription onPrefix(String prefix, Consumer<String> action) {
    var entry = Map.entry(prefix, action);
    subscribers.add(entry);
    return () -> subscribers.remove(entry);
  }
}
