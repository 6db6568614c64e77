package dev.slipway.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Plain connections for platform parts that a unit of work does not serve. */
public interface Connections {
  /** A connection outside the pools in auto-commit mode, for LISTEN; the caller closes it. */
  Connection dedicated() throws SQLException;

  /** The pool of the platform-wide role. */
  DataSource platform();
}
