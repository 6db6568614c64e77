package dev.slipway.events;

import dev.slipway.api.event.Signals;
import dev.slipway.data.Database;
import dev.slipway.store.Connections;
import dev.slipway.store.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals over LISTEN and NOTIFY: one channel for all, the topic as payload, one connection that
 * listens. PostgreSQL sends a notification when its transaction commits and merges equal ones of
 * one transaction. A payload ends at 8000 bytes, which 200 characters never reach.
 */
@Component(
    service = {Signals.class, SignalBus.class},
    immediate = true)
public final class SignalBus implements Signals, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignalBus.class);

  static final String CHANNEL = "slipway_signal";
  private static final int LONGEST_TOPIC = 200;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  // A half-open connection says nothing for ever; a question after this silence finds it out.
  private static final int SILENCE_MILLIS = 10_000;
  private static final int PROBE_SECONDS = 5;

  private final Database database;
  private final Connections connections;
  private final Subscribers subscribers = new Subscribers();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Connection listening;

  /** Begins to listen; a database that can not be reached yet is tried again. */
  @Activate
  public SignalBus(@Reference Database database, @Reference Connections connections) {
    this.database = database;
    this.connections = connections;
    thread = Thread.ofVirtual().name("signals").start(this::listen);
  }

  @Override
  public void raise(String topic) {
    checkTopic(topic);
    if (insideWritingUnit()) {
      database.mapper(SignalMapper.class).raise(CHANNEL, topic);
      return;
    }
    try (var connection = connections.platform().getConnection();
        var notify = connection.prepareStatement("select pg_notify(?, ?)")) {
      notify.setString(1, CHANNEL);
      notify.setString(2, topic);
      notify.execute();
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    }
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

  @Override
  @Deactivate
  public void close() {
    closed.countDown();
    var connection = listening;
    try {
      if (connection != null) {
        // Closing would wait for the thread that reads from it.
        connection.abort(Runnable::run);
      }
      thread.join(Duration.ofSeconds(5));
    } catch (SQLException failure) {
      LOG.debug("the listening connection was gone already", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean insideWritingUnit() {
    try {
      database.afterCommit(() -> {});
      return true;
    } catch (IllegalStateException outside) {
      return false;
    }
  }

  private void listen() {
    var pause = FIRST_PAUSE;
    while (true) {
      try (var connection = connections.dedicated()) {
        listening = connection;
        subscribe(connection);
        pause = FIRST_PAUSE;
        // Whatever was raised before this moment went unheard.
        subscribers.deliverAll();
        receive(connection);
      } catch (SQLException lost) {
        if (closed.getCount() > 0) {
          LOG.warn(
              "listening for signals failed ({}), next try in {} ms",
              lost.getSQLState(),
              pause.toMillis());
        }
      }
      if (closedWithin(pause)) {
        return;
      }
      pause = longer(pause);
    }
  }

  private static void subscribe(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
    }
  }

  private void receive(Connection connection) throws SQLException {
    var postgres = connection.unwrap(PGConnection.class);
    while (closed.getCount() > 0) {
      var notifications = postgres.getNotifications(SILENCE_MILLIS);
      if (notifications == null || notifications.length == 0) {
        if (!connection.isValid(PROBE_SECONDS)) {
          throw new SQLException("no answer", "08006");
        }
        continue;
      }
      for (var notification : notifications) {
        subscribers.deliver(notification.getParameter());
      }
    }
  }

  private boolean closedWithin(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      return true;
    }
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private static String checkTopic(String topic) {
    if (topic.isBlank() || topic.length() > LONGEST_TOPIC) {
      throw new IllegalArgumentException("a topic has 1 to " + LONGEST_TOPIC + " characters");
    }
    return topic;
  }
}
