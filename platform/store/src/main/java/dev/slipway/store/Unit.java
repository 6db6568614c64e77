package dev.slipway.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.store.json.JsonMappers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One unit of work. */
final class Unit {
  private final Scope scope;
  private final Connection connection;
  private final boolean writes;
  private @Nullable String role;
  private final Map<Class<?>, Runnable> beforeCommit = new LinkedHashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();

  Unit(Scope scope, Connection connection, boolean writes) {
    this.scope = scope;
    this.connection = connection;
    this.writes = writes;
  }

  Scope scope() {
    return scope;
  }

  Connection connection() {
    return connection;
  }

  /**
   * The connection, acting as a role from the next statement on.
   *
   * @param wanted null for the role that has logged in
   */
  Connection connectionAs(@Nullable String wanted) throws SQLException {
    if (!Objects.equals(role, wanted)) {
      try (var statement = connection.createStatement()) {
        statement.execute(wanted == null ? "reset role" : "set role " + PluginRoles.quoted(wanted));
      }
      role = wanted;
    }
    return connection;
  }

  boolean writes() {
    return writes;
  }

  void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  <T extends Runnable> T beforeCommit(Class<T> type, Supplier<T> first) {
    return type.cast(beforeCommit.computeIfAbsent(type, kind -> first.get()));
  }

  /** Does the work, and then what it has gathered on the way. */
  <T> T finish(Supplier<T> work) {
    var result = work.get();
    beforeCommit.values().forEach(Runnable::run);
    return result;
  }

  void committed() {
    var operation = CurrentOperation.get();
    if (operation != null && operation.auditDue()) {
      operation.markAudited();
    }
    afterCommit.forEach(Runnable::run);
  }

  void requireScope(Scope wanted) {
    var same =
        scope instanceof Scope.Platform ? wanted instanceof Scope.Platform : scope.equals(wanted);
    if (!same) {
      throw new IllegalStateException("unit of work of " + scope + " asked to work for " + wanted);
    }
  }

  /**
   * One row per changing operation, in the transaction of its first change: no change without it,
   * no row without one.
   */
  void audit() throws SQLException {
    var operation = CurrentOperation.get();
    if (operation == null || !operation.auditDue() || operation.name() == null) {
      return;
    }
    var caller = operation.caller();
    if (caller == null) {
      return;
    }
    var own = caller.membership() == null ? null : caller.tenantId();
    var tenant = tenant(operation, own);
    try (var insert =
        connectionAs(null)
            .prepareStatement(
                "insert into security_audit (id, at, action, tenant_id, user_id, api_key_id, actor,"
                    + " remote_address, request_id, outcome, details)"
                    + " values (?, now(), ?, ?, ?, ?, ?, ?, ?, 'ok', ?::jsonb)")) {
      insert.setObject(1, Ids.next());
      insert.setString(2, operation.name());
      uuid(insert, 3, tenant);
      uuid(insert, 4, caller.userId());
      uuid(insert, 5, caller.apiKeyId());
      insert.setString(6, caller.name());
      insert.setString(7, caller.remoteAddress());
      insert.setString(8, caller.requestId());
      var from = Objects.equals(own, tenant) ? null : own;
      insert.setString(9, details(operation, caller.onBehalfOf(), from));
      insert.executeUpdate();
    }
  }

  /**
   * In the details, whatever is to be known of the actor is under the seal without another form of
   * it.
   */
  private static String details(
      CurrentOperation operation, @Nullable UUID onBehalfOf, @Nullable UUID actorTenant) {
    var details = new LinkedHashMap<String, Object>(operation.details());
    if (onBehalfOf != null) {
      details.put("on_behalf_of", onBehalfOf);
    }
    if (actorTenant != null) {
      details.put("actor_tenant_id", actorTenant);
    }
    try {
      return JsonMappers.PLATFORM.writeValueAsString(details);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("details of the audit can not be written", failure);
    }
  }

  private @Nullable UUID tenant(CurrentOperation operation, @Nullable UUID ofCaller) {
    if (scope instanceof Scope.Tenant tenant) {
      return tenant.tenantId();
    }
    return operation.tenantId() == null ? ofCaller : operation.tenantId();
  }

  private static void uuid(java.sql.PreparedStatement insert, int index, @Nullable UUID value)
      throws SQLException {
    if (value == null) {
      insert.setNull(index, Types.OTHER);
    } else {
      insert.setObject(index, value);
    }
  }
}
