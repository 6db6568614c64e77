package dev.slipway.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two roles the platform works as. Neither owns a table, so neither can switch row-level
 * security off: {@code tenant} sees the rows of the tenant its session is set to, {@code platform}
 * those of all.
 */
record Roles(String tenant, String platform, String tenantPassword, String platformPassword) {

  static final long LOCK = 0x51_1b_a7_01L;

  /**
   * Roles are known to the whole server.
   *
   * @param prefix of their names: the database's name, but for databases that share their roles
   */
  static Roles of(String prefix, byte[] key) {
    var tenant = prefix + "_tenant";
    var platform = prefix + "_platform";
    return new Roles(tenant, platform, password(key, tenant), password(key, platform));
  }

  void install(Connection owner) throws SQLException {
    try (var statement = owner.createStatement()) {
      // Several nodes may start at once; the lock ends with the connection.
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
      // The passwords are keys of 256 bits: stretching them would only slow every connection down.
      statement.execute("set scram_iterations = 1");
      create(owner, tenant, tenantPassword);
      create(owner, platform, platformPassword);
      statement.execute(
          "grant usage on schema public to " + quoted(tenant) + ", " + quoted(platform));
      statement.execute("revoke create on schema public from public");
      statement.execute(named("slipway_tenant_role", tenant));
      statement.execute(named("slipway_platform_role", platform));
      statement.execute(TENANT_TABLE);
      statement.execute(PLATFORM_TABLE);
      statement.execute(KEEP_TABLE);
      statement.execute(CHANGELOGS);
      statement.execute("select pg_advisory_unlock(" + LOCK + ")");
    }
  }

  private static void create(Connection owner, String role, String password) throws SQLException {
    boolean known;
    try (var query = owner.prepareStatement("select 1 from pg_roles where rolname = ?")) {
      query.setString(1, role);
      known = query.executeQuery().next();
    }
    try (var statement = owner.createStatement()) {
      // The password is hex of our own making: nothing in it needs quoting.
      statement.execute(
          (known ? "alter role " : "create role ")
              + quoted(role)
              + " login nosuperuser nocreatedb nocreaterole password '"
              + password
              + "'");
    }
  }

  private static String named(String function, String role) {
    return "create or replace function %s() returns text language sql immutable as $$ select '%s'::text $$"
        .formatted(function, role.replace("'", "''"));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String password(byte[] key, String role) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var text = "database role " + role;
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", missing);
    }
  }

  private static final String TENANT_TABLE =
      """
      create or replace function slipway_tenant_table(t text) returns void language plpgsql as $$
      begin
        execute format('alter table %I enable row level security', t);
        execute format('create policy tenant on %I to %I'
          ' using (tenant_id = nullif(current_setting(''slipway.tenant'', true), '''')::uuid)'
          ' with check (tenant_id = nullif(current_setting(''slipway.tenant'', true), '''')::uuid)',
          t, slipway_tenant_role());
        execute format('create policy platform on %I to %I using (true) with check (true)',
          t, slipway_platform_role());
        execute format('grant select, insert, update, delete on %I to %I, %I',
          t, slipway_tenant_role(), slipway_platform_role());
      end $$
      """;

  private static final String PLATFORM_TABLE =
      """
      create or replace function slipway_platform_table(t text) returns void language plpgsql as $$
      begin
        execute format('grant select, insert, update, delete on %I to %I', t, slipway_platform_role());
      end $$
      """;

  /** The reason stands at the table's policy, where the erasure of deleted tenants looks for it. */
  private static final String KEEP_TABLE =
      """
      create or replace function slipway_keep_table(t text, reason text) returns void language plpgsql as $$
      begin
        execute format('comment on policy tenant on %I is %L', t, 'kept: ' || reason);
      end $$
      """;

  private static final String CHANGELOGS =
      """
      create table if not exists store_changelog (
        feature text primary key,
        bundle text not null,
        checksum text not null,
        migrated_at timestamptz not null default now())
      """;
}
