package dev.slipway.events;

import dev.slipway.data.Database;
import dev.slipway.store.Connections;
import dev.slipway.store.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LISTEN and NOTIFY: one channel for all, the topic as payload, one connection that listens.
 * PostgreSQL sends a notification when its transaction commits and merges equal ones of one
 * transaction. A payload ends at 8000 bytes, which 200 characters never reach.
 */
final class PostgresCarrier implements Carrier {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresCarrier.class);

  private static final String CHANNEL = "slipway_signal";
  // A half-open connection says nothing for ever; a question after this silence finds it out.
  private static final int SILENCE_MILLIS = 10_000;
  private static final int PROBE_SECONDS = 5;

  private final Database database;
  private final Connections connections;
  private final Subscribers subscribers;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Connection listening;

  /** Begins to listen; a database that can not be reached yet is tried again. */
  PostgresCarrier(Database database, Connections connections, Subscribers subscribers) {
    this.database = database;
    this.connections = connections;
    this.subscribers = subscribers;
    thread = Thread.ofVirtual().name("signals").start(this::listen);
  }

  @Override
  public void raise(String topic) {
    outbox().ifPresentOrElse(outbox -> outbox.raise(topic), () -> raiseNow(topic));
  }

  private void raiseNow(String topic) {
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
  public Optional<Outbox> outbox() {
    return connections.beforeCommit(Outbox.class, () -> new Outbox(database, CHANNEL));
  }

  @Override
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

  private void listen() {
    var pause = new Backoff();
    while (true) {
      try (var connection = connections.dedicated()) {
        listening = connection;
        subscribe(connection);
        pause.reset();
        // Whatever was raised before this moment went unheard.
        subscribers.deliverAll();
        receive(connection);
      } catch (SQLException lost) {
        if (closed.getCount() > 0) {
          LOG.warn("listening for signals failed ({}), trying again", lost.getSQLState());
        }
      }
      if (closedWithin(pause.next())) {
        return;
      }
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
}
