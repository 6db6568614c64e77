package dev.slipway.events;

import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the log to every registered listener of this node. */
@Component(service = Dispatcher.class, immediate = true)
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Database database;
  private final EventLog log;
  private final SignalBus signals;
  private final Pace pace;
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Tail tail;

  /** Begins to follow the log. */
  @Activate
  public Dispatcher(
      @Reference Database database, @Reference EventLog log, @Reference SignalBus signals) {
    this(database, log, signals, Pace.NORMAL);
  }

  Dispatcher(Database database, EventLog log, SignalBus signals, Pace pace) {
    this.database = database;
    this.log = log;
    this.signals = signals;
    this.pace = pace;
    tail = new Tail(log, signals, this::heard);
    Thread.ofVirtual().name("events leases").start(this::renew);
  }

  /** Begins to deliver to a listener. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeListener")
  public void addListener(EventListener listener) {
    var name = Delivery.nameOf(listener);
    if (deliveries.stream().anyMatch(known -> known.name().equals(name))) {
      LOG.info("listener {} is there twice; the new one begins when the old one ends", name);
    }
    var cursor = new Cursor(database, name, pace);
    var delivery = new Delivery(listener, log, cursor, signals, pace, tail.position());
    deliveries.add(delivery);
    // Not before the tail knows it: it would miss what comes between its first look and that.
    delivery.start();
  }

  /** Ends delivery to a listener; returns when it has finished the event in hand. */
  public void removeListener(EventListener listener) {
    end(deliveries.stream().filter(delivery -> delivery.serves(listener)).toList());
  }

  @Override
  @Deactivate
  public void close() {
    closed.countDown();
    tail.close();
    end(List.copyOf(deliveries));
  }

  private void end(List<Delivery> some) {
    some.forEach(Delivery::stop);
    deliveries.removeAll(some);
    try {
      for (var delivery : some) {
        delivery.awaitEnd();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void heard(Position from, List<Placed> events) {
    deliveries.forEach(delivery -> delivery.heard(from, events));
  }

  private void renew() {
    try {
      while (!closed.await(pace.renewal().toMillis(), TimeUnit.MILLISECONDS)) {
        deliveries.forEach(this::renew);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew(Delivery delivery) {
    try {
      delivery.renew();
    } catch (RuntimeException failure) {
      LOG.warn("the lease of {} could not be renewed", delivery.name(), failure);
    }
  }
}
