package dev.slipway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditIT {
  private static final UUID TENANT = Ids.next();

  @TempDir static Path dir;
  private static SecurityStore security;

  @BeforeAll
  static void start() throws Exception {
    security = SecurityStore.start(dir);
  }

  @AfterAll
  static void stop() {
    security.close();
  }

  @Test
  void aTenantAppendsItsOwnRowsAndReadsNone() throws Exception {
    try (var tenant = as("slipway_tenant_role()", TENANT)) {
      assertThat(insert(tenant, TENANT)).isEqualTo(1);
      denied(() -> insert(tenant, Ids.next()), "row-level security");
      denied(() -> insert(tenant, null), "row-level security");
      denied(() -> run(tenant, "select count(*) from security_audit"), "permission denied");
      denied(() -> run(tenant, "update security_audit set outcome = 'x'"), "permission denied");
      denied(() -> run(tenant, "delete from security_audit"), "permission denied");
      denied(() -> run(tenant, "truncate security_audit"), "permission denied");
    }
  }

  @Test
  void thePlatformAppendsAndReadsButNeverAlters() throws Exception {
    try (var platform = as("slipway_platform_role()", null)) {
      assertThat(insert(platform, null)).isEqualTo(1);
      assertThat(insert(platform, Ids.next())).isEqualTo(1);
      run(platform, "select count(*) from security_audit");
      denied(() -> run(platform, "update security_audit set outcome = 'x'"), "permission denied");
      denied(() -> run(platform, "delete from security_audit"), "permission denied");
      denied(() -> run(platform, "truncate security_audit"), "permission denied");
    }
  }

  @Test
  void tenantsDoNotSeeKeys() throws Exception {
    try (var tenant = as("slipway_tenant_role()", TENANT)) {
      denied(() -> run(tenant, "select * from security_data_key"), "permission denied");
      denied(() -> run(tenant, "select * from security_signing_key"), "permission denied");
    }
  }

  private static Connection as(String role, @Nullable UUID tenant) throws SQLException {
    var connection = security.owner();
    run(connection, "set session authorization " + security.query("select " + role));
    run(connection, "set slipway.tenant = '" + (tenant == null ? "" : tenant) + "'");
    return connection;
  }

  private static int insert(Connection on, @Nullable UUID tenant) throws SQLException {
    try (var insert =
        on.prepareStatement(
            "insert into security_audit (id, action, tenant_id, actor, outcome)"
                + " values (?, 'apps.app.create', ?, 'ada', 'ok')")) {
      insert.setObject(1, Ids.next());
      insert.setObject(2, tenant, Types.OTHER);
      return insert.executeUpdate();
    }
  }

  private static void run(Connection on, String sql) throws SQLException {
    try (var statement = on.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void denied(ThrowingCallable call, String reason) {
    assertThatThrownBy(call).isInstanceOf(SQLException.class).hasMessageContaining(reason);
  }
}
