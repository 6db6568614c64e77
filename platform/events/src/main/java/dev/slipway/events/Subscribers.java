package dev.slipway.events;

import dev.slipway.api.event.Signals.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who on this node wants to hear which topic. Each subscriber is called on a virtual thread of its
 * own, one call at a time; what is raised meanwhile is merged by topic, so a slow one costs memory
 * for its topics and delays no one.
 */
final class Subscribers {
  private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);
  private static final int MOST_SUBSCRIBERS = 100_000;
  private static final int MOST_WAITING_TOPICS = 10_000;
  private static final String EVERYTHING = "";

  private final Map<String, Set<Subscriber>> byTopic = new ConcurrentHashMap<>();
  private final List<Subscriber> byPrefix = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();

  Subscription on(String topic, Runnable action) {
    var added = new Subscriber(topic, false, rest -> action.run());
    admit();
    byTopic.compute(
        topic,
        (key, known) -> {
          var subscribers = known == null ? ConcurrentHashMap.<Subscriber>newKeySet() : known;
          subscribers.add(added);
          return subscribers;
        });
    return added;
  }

  /** The action gets an empty text where topics may have been missed. */
  Subscription onPrefix(String prefix, Consumer<String> action) {
    var added = new Subscriber(prefix, true, action);
    admit();
    byPrefix.add(added);
    return added;
  }

  /** Calls whoever wants to hear this topic. */
  void deliver(String topic) {
    for (var subscriber : byTopic.getOrDefault(topic, Set.of())) {
      subscriber.offer(EVERYTHING);
    }
    for (var subscriber : byPrefix) {
      if (topic.startsWith(subscriber.topic)) {
        subscriber.offer(topic.substring(subscriber.topic.length()));
      }
    }
  }

  /** Calls everybody once. */
  void deliverAll() {
    byTopic.values().forEach(some -> some.forEach(subscriber -> subscriber.offer(EVERYTHING)));
    byPrefix.forEach(subscriber -> subscriber.offer(EVERYTHING));
  }

  private void admit() {
    if (count.incrementAndGet() > MOST_SUBSCRIBERS) {
      count.decrementAndGet();
      throw new IllegalStateException("more than " + MOST_SUBSCRIBERS + " subscriptions");
    }
  }

  private void remove(Subscriber subscriber) {
    count.decrementAndGet();
    if (subscriber.prefix) {
      byPrefix.remove(subscriber);
      return;
    }
    byTopic.computeIfPresent(
        subscriber.topic,
        (key, known) -> {
          known.remove(subscriber);
          return known.isEmpty() ? null : known;
        });
  }

  private final class Subscriber implements Subscription {
    private final String topic;
    private final boolean prefix;
    private final Consumer<String> action;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean running;
    private boolean closed;

    Subscriber(String topic, boolean prefix, Consumer<String> action) {
      this.topic = topic;
      this.prefix = prefix;
      this.action = action;
    }

    void offer(String rest) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        if (waiting.size() >= MOST_WAITING_TOPICS) {
          waiting.clear();
          waiting.add(EVERYTHING);
        }
        waiting.add(rest);
        if (!running) {
          running = true;
          Thread.ofVirtual().name("signal " + topic).start(this::drain);
        }
      } finally {
        lock.unlock();
      }
    }

    private void drain() {
      for (var rests = take(); !rests.isEmpty(); rests = take()) {
        rests.forEach(this::call);
      }
    }

    private List<String> take() {
      lock.lock();
      try {
        var taken = closed ? List.<String>of() : new ArrayList<>(waiting);
        waiting.clear();
        running = !taken.isEmpty();
        return taken;
      } finally {
        lock.unlock();
      }
    }

    private void call(String rest) {
      try {
        action.accept(rest);
      } catch (RuntimeException | LinkageError failure) {
        LOG.warn("a subscriber of {} failed", topic, failure);
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        closed = true;
      } finally {
        lock.unlock();
      }
      remove(this);
    }
  }
}
