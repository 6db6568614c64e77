package dev.slipway.store;

import dev.slipway.api.Scope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;

/**
 * Remembers which tenant each pooled connection is set to, so that row-level security costs no
 * round trip of its own: a read that meets a connection of another tenant sends the SET together
 * with its first statement.
 */
final class TenantSessions {
  private final Map<Object, UUID> tenants = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * A connection whose first prepared statement also sets the tenant, where that is needed at all.
   */
  Connection reading(Connection pooled, Scope.Tenant tenant) throws SQLException {
    var physical = physical(pooled);
    if (tenant.tenantId().equals(tenants.get(physical))) {
      return pooled;
    }
    // Forgotten until the statement has succeeded: a failing one takes the SET back with it.
    tenants.remove(physical);
    var set = "set slipway.tenant = '" + tenant.tenantId() + "'; ";
    return (Connection)
        Proxy.newProxyInstance(
            TenantSessions.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              var pending = !tenant.tenantId().equals(tenants.get(physical));
              if (pending && method.getName().equals("prepareStatement")) {
                arguments[0] = set + arguments[0];
              }
              try {
                var result = method.invoke(pooled, arguments);
                return pending && result instanceof java.sql.PreparedStatement statement
                    ? noting(statement, physical, tenant.tenantId())
                    : result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  /** Sets the tenant of a transaction's connection; the driver sends it along with BEGIN. */
  void writing(Connection pooled, Scope.Tenant tenant) throws SQLException {
    var physical = physical(pooled);
    if (tenant.tenantId().equals(tenants.get(physical))) {
      return;
    }
    tenants.remove(physical);
    try (var statement = pooled.createStatement()) {
      statement.execute("set slipway.tenant = '" + tenant.tenantId() + "'");
    }
    tenants.put(physical, tenant.tenantId());
  }

  /** A rollback takes a SET of its transaction back. */
  void forget(Connection pooled) throws SQLException {
    tenants.remove(physical(pooled));
  }

  private Object noting(java.sql.PreparedStatement statement, Object physical, UUID tenant) {
    return Proxy.newProxyInstance(
        TenantSessions.class.getClassLoader(),
        new Class<?>[] {java.sql.PreparedStatement.class},
        (proxy, method, arguments) -> {
          try {
            var result = method.invoke(statement, arguments);
            if (method.getName().startsWith("execute")) {
              tenants.put(physical, tenant);
            }
            return result;
          } catch (InvocationTargetException failure) {
            throw failure.getCause();
          }
        });
  }

  private static Object physical(Connection pooled) throws SQLException {
    return pooled.unwrap(PGConnection.class);
  }
}
