package dev.slipway.events;

import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Platform;
import dev.slipway.data.Database;
import dev.slipway.store.Connections;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Signals between nodes: over PostgreSQL, or over NATS where {@code slipway.nats.url} names one.
 */
@Component(
    service = {Signals.class, SignalBus.class},
    immediate = true)
public final class SignalBus implements Signals, AutoCloseable {
  private static final int LONGEST_TOPIC = 200;

  private final Subscribers subscribers = new Subscribers();
  private final Carrier carrier;

  /** Begins to listen. */
  @Activate
  public SignalBus(
      @Reference Database database,
      @Reference Connections connections,
      @Reference Platform platform) {
    this(database, connections, platform.setting("slipway.nats.url"));
  }

  /** Without NATS. */
  public SignalBus(Database database, Connections connections) {
    this(database, connections, (String) null);
  }

  SignalBus(Database database, Connections connections, @Nullable String nats) {
    carrier =
        nats == null
            ? new PostgresCarrier(database, connections, subscribers)
            : new NatsCarrier(database, connections, nats, subscribers);
  }

  @Override
  public void raise(String topic) {
    carrier.raise(checkTopic(topic));
  }

  @Override
  public Subscription on(String topic, Runnable action) {
    return subscribers.on(checkTopic(topic), action);
  }

  @Override
  public Subscription onPrefix(String prefix, Consumer<String> action) {
    return subscribers.onPrefix(checkTopic(prefix), action);
  }

  /** Raises a topic on this node alone. */
  void deliver(String topic) {
    subscribers.deliver(topic);
  }

  /** Calls every subscriber on this node once. */
  void deliverAll() {
    subscribers.deliverAll();
  }

  /** See {@link Carrier#outbox}. */
  Optional<Outbox> outbox() {
    return carrier.outbox();
  }

  @Override
  @Deactivate
  public void close() {
    carrier.close();
  }

  private static String checkTopic(String topic) {
    if (topic.isBlank() || topic.length() > LONGEST_TOPIC) {
      throw new IllegalArgumentException("a topic has 1 to " + LONGEST_TOPIC + " characters");
    }
    return topic;
  }
}
