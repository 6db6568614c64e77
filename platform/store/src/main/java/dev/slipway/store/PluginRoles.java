package dev.slipway.store;

import dev.slipway.api.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * The roles as which one plugin's statements run: what the two roles of the platform may do, they
 * may do with the plugin's own tables and with no other. They can not log in; a unit of work takes
 * one of them on for each statement of the plugin and puts it off for statements of others.
 */
record PluginRoles(String tenant, String platform) {
  private static final String PRIVILEGES = "select, insert, update, delete";

  static PluginRoles of(Roles roles, String feature) {
    var known = roles.tenant().replaceFirst("_tenant$", "") + "_" + hash(feature);
    return new PluginRoles(known + "_pt", known + "_pp");
  }

  String of(Scope scope) {
    return scope instanceof Scope.Tenant ? tenant : platform;
  }

  /** Makes them, and gives them what there is of the feature's tables by now. */
  void install(Connection owner, Roles roles, List<String> tables) throws SQLException {
    try (var statement = owner.createStatement()) {
      statement.execute("select pg_advisory_lock(" + Roles.LOCK + ")");
      install(owner, tenant, roles.tenant());
      install(owner, platform, roles.platform());
      var ownRows = "tenant_id = nullif(current_setting('slipway.tenant', true), '')::uuid";
      for (var table : tables) {
        admit(owner, table, roles.tenant(), tenant, "plugin_tenant", ownRows);
        admit(owner, table, roles.platform(), platform, "plugin_platform", "true");
      }
      statement.execute("select pg_advisory_unlock(" + Roles.LOCK + ")");
    }
  }

  /** Removes them; their tables are gone. */
  void drop(Connection owner) throws SQLException {
    for (var role : List.of(tenant, platform)) {
      if (isThere(owner, role)) {
        try (var statement = owner.createStatement()) {
          statement.execute("drop owned by " + quoted(role));
          statement.execute("drop role " + quoted(role));
        }
      }
    }
  }

  private static void install(Connection owner, String role, String login) throws SQLException {
    try (var statement = owner.createStatement()) {
      if (!isThere(owner, role)) {
        statement.execute("create role " + quoted(role) + " nologin");
      }
      // Not inherited: the platform's own statements do not act as the plugin.
      statement.execute(
          "grant %s to %s with inherit false, set true".formatted(quoted(role), quoted(login)));
      statement.execute("grant usage on schema public to " + quoted(role));
    }
  }

  /** Lets a plugin's role do with a table what the platform's role may do with it. */
  private static void admit(
      Connection owner, String table, String model, String role, String policy, String condition)
      throws SQLException {
    if (!asks(owner, "select has_table_privilege(?, ?, 'select')", model, quoted(table))) {
      return;
    }
    try (var statement = owner.createStatement()) {
      statement.execute("grant %s on %s to %s".formatted(PRIVILEGES, quoted(table), quoted(role)));
      if (asks(owner, "select relrowsecurity from pg_class where oid = ?::regclass", quoted(table))
          && !asks(
              owner,
              "select exists (select 1 from pg_policies where tablename = ? and policyname = ?)",
              table,
              policy)) {
        statement.execute(
            "create policy %s on %s to %s using (%s) with check (%s)"
                .formatted(policy, quoted(table), quoted(role), condition, condition));
      }
    }
  }

  private static boolean isThere(Connection owner, String role) throws SQLException {
    return asks(owner, "select exists (select 1 from pg_roles where rolname = ?)", role);
  }

  private static boolean asks(Connection owner, String question, String... values)
      throws SQLException {
    try (var query = owner.prepareStatement(question)) {
      for (var i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      var answer = query.executeQuery();
      return answer.next() && answer.getBoolean(1);
    }
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Names of roles are short, and features' names are not. */
  private static String hash(String feature) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(feature.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 8);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }
}
