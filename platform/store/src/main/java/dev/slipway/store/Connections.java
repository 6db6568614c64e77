package dev.slipway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Plain connections for platform parts that a unit of work does not serve. */
public interface Connections {
  /** A connection outside the pools in auto-commit mode, for LISTEN; the caller closes it. */
  Connection dedicated() throws SQLException;

  /** The pool of the platform-wide role. */
  DataSource platform();

  /**
   * What a part of the platform gathers in the current unit of work, to do it in one go before that
   * commits; not at all where it does not.
   *
   * @param type there is one of each
   * @param first makes it where there is none yet
   * @return empty where no unit of work writes
   */
  <T extends Runnable> Optional<T> beforeCommit(Class<T> type, Supplier<T> first);
}
