package dev.slipway.store;

import dev.slipway.api.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens, joins and ends units of work; one per thread at a time. */
final class Units {
  private static final Logger LOG = LoggerFactory.getLogger(Units.class);

  private final DataSource tenantPool;
  private final DataSource platformPool;
  private final TenantSessions sessions = new TenantSessions();
  private final ThreadLocal<@Nullable Unit> current = new ThreadLocal<>();

  Units(DataSource tenantPool, DataSource platformPool) {
    this.tenantPool = tenantPool;
    this.platformPool = platformPool;
  }

  /** The connection of the current unit of work, for a part of the platform. */
  Connection connection() {
    return connectionAs(null);
  }

  /** The connection of the current unit of work, for a plugin. */
  Connection connection(PluginRoles roles) {
    return connectionAs(roles.of(joined().scope()));
  }

  private Connection connectionAs(@Nullable String role) {
    try {
      return joined().connectionAs(role);
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    }
  }

  /** Whether this thread has a unit of work, which others would join. */
  boolean isOpen() {
    return current.get() != null;
  }

  void afterCommit(Runnable action) {
    var unit = joined();
    if (!unit.writes()) {
      throw new IllegalStateException("the unit of work only reads");
    }
    unit.afterCommit(action);
  }

  <T extends Runnable> Optional<T> beforeCommit(Class<T> type, Supplier<T> first) {
    return Optional.ofNullable(current.get())
        .filter(Unit::writes)
        .map(unit -> unit.beforeCommit(type, first));
  }

  <T> T read(Scope scope, Supplier<T> work) {
    var outer = current.get();
    if (outer != null) {
      outer.requireScope(scope);
      return work.get();
    }
    try (var connection = open(scope)) {
      var usable =
          scope instanceof Scope.Tenant tenant ? sessions.reading(connection, tenant) : connection;
      return reading(new Unit(scope, usable, false), work);
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    }
  }

  private <T> T reading(Unit unit, Supplier<T> work) throws SQLException {
    var done = false;
    try {
      var result = within(unit, work);
      unit.connectionAs(null);
      done = true;
      return result;
    } finally {
      if (!done) {
        leaveRole(unit);
      }
    }
  }

  /** Of a connection that broke nothing is left to give back, and what broke it is to be told. */
  private static void leaveRole(Unit unit) throws SQLException {
    try {
      unit.connectionAs(null);
    } catch (SQLException broken) {
      LOG.debug("the connection of a unit of work is lost", broken);
      unit.connection().abort(Runnable::run);
    }
  }

  <T> T write(Scope scope, Supplier<T> work) {
    var outer = current.get();
    if (outer != null) {
      outer.requireScope(scope);
      if (!outer.writes()) {
        throw new IllegalStateException("a reading unit of work can not write");
      }
      return work.get();
    }
    Unit unit;
    T result;
    try (var connection = open(scope)) {
      unit = new Unit(scope, connection, true);
      result = transaction(unit, work);
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    }
    unit.committed();
    return result;
  }

  private <T> T transaction(Unit unit, Supplier<T> work) throws SQLException {
    var connection = unit.connection();
    connection.setAutoCommit(false);
    var done = false;
    try {
      if (unit.scope() instanceof Scope.Tenant tenant) {
        sessions.writing(connection, tenant);
      }
      var result = within(unit, () -> unit.finish(work));
      unit.audit();
      unit.connectionAs(null);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        undo(connection);
      }
    }
  }

  /** A connection that broke can not be rolled back, and what broke it is to be told. */
  private void undo(Connection connection) {
    try {
      sessions.forget(connection);
      connection.rollback();
    } catch (SQLException broken) {
      LOG.debug("the connection of a unit of work is lost", broken);
    }
  }

  private <T> T within(Unit unit, Supplier<T> work) {
    current.set(unit);
    try {
      return work.get();
    } finally {
      current.remove();
    }
  }

  private Connection open(Scope scope) throws SQLException {
    return (scope instanceof Scope.Tenant ? tenantPool : platformPool).getConnection();
  }

  private Unit joined() {
    var unit = current.get();
    if (unit == null) {
      throw new IllegalStateException("no unit of work: call inside Database.read or write");
    }
    return unit;
  }
}
