package dev.slipway.security.key;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.data.Database;
import dev.slipway.store.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes keys on one connection of its own. A key may be needed in the middle of any unit
 * of work, of any scope: it must neither join that one (a key made there would vanish with its
 * rollback) nor wait for a pooled connection (all of them may be held by threads that wait for the
 * key).
 */
@Component(service = KeyRows.class, immediate = true)
public final class KeyRows {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRows.class);
  private static final long LOCK_SECONDS = 10;

  private final Connections connections;
  private final ReentrantLock lock = new ReentrantLock(true);
  private @Nullable Connection open;

  /**
   * Made by the component runtime, at once: the store writes audit rows into a table of this
   * bundle.
   *
   * @param migrated not used, but its presence means that this bundle's changelog has run
   */
  @Activate
  public KeyRows(@Reference Database migrated, @Reference Connections connections) {
    this.connections = connections;
  }

  /**
   * Runs statements in a transaction of their own. After a lost connection they run a second time,
   * so they must bear that.
   *
   * @throws PlatformException 503 where the database does not answer
   */
  public <T> T run(Work<T> work) {
    acquire();
    try {
      var reused = open != null;
      try {
        return attempt(work);
      } catch (SQLException failure) {
        discard();
        if (!reused) {
          throw unavailable(failure);
        }
        return again(work);
      }
    } finally {
      lock.unlock();
    }
  }

  @Deactivate
  void close() {
    lock.lock();
    try {
      discard();
    } finally {
      lock.unlock();
    }
  }

  private <T> T again(Work<T> work) {
    try {
      return attempt(work);
    } catch (SQLException failure) {
      discard();
      throw unavailable(failure);
    }
  }

  private <T> T attempt(Work<T> work) throws SQLException {
    var connection = open;
    if (connection == null) {
      connection = connections.dedicated();
      connection.setAutoCommit(false);
      open = connection;
    }
    var done = false;
    try {
      var result = work.on(connection);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        discard();
      }
    }
  }

  /**
   * Closing ends an open transaction too, and a connection that failed once is not worth keeping.
   */
  private void discard() {
    var connection = open;
    open = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException failure) {
        LOG.debug("connection for keys did not close ({})", failure.getSQLState());
      }
    }
  }

  private void acquire() {
    try {
      if (lock.tryLock(LOCK_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw refusal();
  }

  private static PlatformException unavailable(SQLException failure) {
    LOG.warn("keys can not be reached (SQL state {})", failure.getSQLState(), failure);
    return refusal();
  }

  private static PlatformException refusal() {
    return CommonError.UNAVAILABLE.of("The key store").retryAfter(Duration.ofSeconds(2));
  }

  /**
   * Statements on the connection.
   *
   * @param <T> what they find
   */
  @FunctionalInterface
  public interface Work<T> {
    /** Runs them; commit and roll-back are not its business. */
    T on(Connection connection) throws SQLException;
  }
}
