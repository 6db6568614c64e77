package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Proves in SQL, with the WHERE left out, that a session of one tenant neither sees nor changes the
 * rows of another: over every table of a database, each filled with a row of either tenant.
 *
 * <p>For throw-away databases only: constraints that made-up rows could not meet are dropped.
 */
public final class TenantIsolation {
  private static final UUID OURS = Ids.next();
  private static final UUID THEIRS = Ids.next();
  private static final String REFUSED = "42501";

  private final Connection owner;
  private final String role;
  private Set<String> shown = Set.of();
  private final Map<String, String> closed;

  /**
   * A proof over all tables.
   *
   * @param owner connection of a superuser
   * @param role name of the role that sessions of tenants work as
   * @param closed the tables that hold no tenant's rows, or are for platform-wide work alone, each
   *     with the reason; the role must have no right on them
   */
  public TenantIsolation(Connection owner, String role, Map<String, String> closed) {
    this.owner = owner;
    this.role = role;
    this.closed = new TreeMap<>(closed);
  }

  /** One case per table, and one for what the role is. */
  public Stream<DynamicNode> tests() throws SQLException {
    var tables = tables();
    var nodes = new ArrayList<DynamicNode>();
    nodes.add(DynamicTest.dynamicTest("role " + role, this::role));
    nodes.add(
        DynamicTest.dynamicTest(
            "list of closed tables", () -> assertThat(tables).containsAll(closed.keySet())));
    for (var table : tables) {
      var check = reason(table) == null ? isolated(table) : closed(table);
      nodes.add(DynamicTest.dynamicTest(table, check));
    }
    return nodes.stream();
  }

  /** Of the closed tables those that hold nothing of any tenant, so that all may read them. */
  public TenantIsolation shown(Set<String> tables) {
    shown = Set.copyOf(tables);
    return this;
  }

  /** Why a table is closed to tenants; null where it is not. */
  private @Nullable String reason(String table) {
    return table.matches("\\w+_changelog(_lock)?")
        ? "which changes of the schema have run"
        : closed.get(table);
  }

  /** It can not step around a policy: it owns nothing and is nothing special. */
  private void role() throws SQLException {
    assertThat(
            strings(
                "select rolname from pg_roles where rolname = '%s'"
                    + " and not rolsuper and not rolbypassrls and not rolcreaterole",
                role))
        .containsExactly(role);
    assertThat(
            strings(
                "select c.relname from pg_class c join pg_roles r on r.oid = c.relowner"
                    + " where r.rolname = '%s'",
                role))
        .isEmpty();
    assertThat(
            strings(
                "select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid"
                    + " join pg_roles u on u.oid = m.member where u.rolname = '%s'",
                role))
        .isEmpty();
    assertThat(
            strings(
                "select p.proname from pg_proc p where p.prosecdef and p.pronamespace ="
                    + " 'public'::regnamespace and has_function_privilege('%s', p.oid, 'execute')",
                role))
        .as("functions that run with their owner's rights")
        .isEmpty();
  }

  /** Partitions are reached through their table alone. */
  private List<String> tables() throws SQLException {
    var partitions =
        strings(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
                + " and relispartition and relkind in ('r', 'p')"
                + " and has_table_privilege('%s', oid, 'select, insert, update, delete')",
            role);
    assertThat(partitions).as("partitions open to tenants").isEmpty();
    return strings(
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
            + " and not relispartition and relkind in ('r', 'p', 'v', 'm', 'f') order by 1");
  }

  private Executable closed(String table) {
    var changes = "insert, update, delete, truncate, references, trigger";
    var rights = shown.contains(table) ? changes : "select, " + changes;
    return () ->
        assertThat(
                strings(
                    "select relname from pg_class where relname = '%s'"
                        + " and has_table_privilege('%s', oid, '%s')",
                    table, role, rights))
            .as("%s is closed to tenants: %s", table, reason(table))
            .isEmpty();
  }

  private Executable isolated(String table) {
    return () -> {
      assertThat(columns(table)).as("columns of " + table).containsKey("tenant_id");
      assertThat(
              strings(
                  "select relname from pg_class c where relname = '%s' and relrowsecurity and"
                      + " exists (select from pg_policies p where p.tablename = c.relname"
                      + " and '%s' = any (p.roles) and p.cmd = 'ALL' and p.with_check is not null)",
                  table, role))
          .as("row-level security of " + table)
          .containsExactly(table);
      fill(table);
      if (!readable(table)) {
        as(OURS.toString(), () -> addsAlone(table));
        return;
      }
      as(OURS.toString(), () -> alone(table));
      as("", () -> assertThat(count(table)).as("without a tenant").isZero());
      as(Ids.next().toString(), () -> assertThat(count(table)).as("a third tenant").isZero());
      assertThat(strings("select tenant_id::text from %s", table))
          .as("rows after all of it")
          .contains(THEIRS.toString());
    };
  }

  /** What a session of ours can do with the rows of both. */
  private void alone(String table) throws SQLException {
    assertThat(strings("select row_security_active('%s')::text", table)).containsExactly("true");
    assertThat(count(table)).as("rows seen").isEqualTo(1);
    assertThat(strings("select tenant_id::text from %s", table)).containsExactly(OURS.toString());
    if (may("update", table)) {
      assertThat(change("update %s set tenant_id = tenant_id", table)).isEqualTo(1);
    }
    if (may("delete", table)) {
      assertThat(change("delete from %s where tenant_id = '%s'", table, THEIRS)).isZero();
    }
    refused("update %s set tenant_id = '%s'", table, THEIRS);
    refused(insert(table, THEIRS));
    refused("truncate %s", table);
    assertThatThrownBy(() -> change("alter table %s disable row level security", table))
        .isInstanceOf(SQLException.class);
    if (may("delete", table)) {
      assertThat(change("delete from %s", table)).as("rows deleted without WHERE").isEqualTo(1);
    } else {
      refused("delete from %s", table);
    }
  }

  private boolean readable(String table) throws SQLException {
    return strings("select has_table_privilege('%s', '%s', 'select')::text", role, table)
        .contains("true");
  }

  /** What a session of ours can do where it may add rows and see none. */
  private void addsAlone(String table) throws SQLException {
    assertThat(change(insert(table, OURS))).isEqualTo(1);
    refused(insert(table, THEIRS));
    assertThatThrownBy(() -> count(table)).isInstanceOf(SQLException.class);
    refused("update %s set tenant_id = '%s'", table, THEIRS);
    refused("delete from %s", table);
    refused("truncate %s", table);
  }

  /** Some tables are only ever added to. */
  private boolean may(String right, String table) throws SQLException {
    return strings("select has_table_privilege('%s', '%s')::text", table, right).contains("true");
  }

  private void refused(String statement, Object... arguments) {
    assertThatThrownBy(() -> change(statement, arguments))
        .as(statement)
        .isInstanceOfSatisfying(
            SQLException.class, failure -> assertThat(failure.getSQLState()).isEqualTo(REFUSED));
  }

  private void fill(String table) throws SQLException {
    for (var constraint :
        strings(
            "select conname from pg_constraint where conrelid = '%s'::regclass"
                + " and contype in ('c', 'f')",
            table)) {
      change("alter table %s drop constraint if exists \"%s\" cascade", table, constraint);
    }
    change("delete from %s", table);
    change(insert(table, OURS));
    change(insert(table, THEIRS));
  }

  private String insert(String table, UUID tenant) throws SQLException {
    var values = new TreeMap<String, String>();
    columns(table).forEach((column, type) -> values.put(column, sample(type)));
    values.put("tenant_id", "'" + tenant + "'");
    return "insert into %s (%s) values (%s)"
        .formatted(table, String.join(", ", values.keySet()), String.join(", ", values.values()));
  }

  /** Columns that have to be given, with their types. */
  private Map<String, String> columns(String table) throws SQLException {
    var columns = new TreeMap<String, String>();
    for (var column :
        strings(
            "select column_name || ' ' || data_type from information_schema.columns"
                + " where table_schema = 'public' and table_name = '%s' and (column_name ="
                + " 'tenant_id' or is_nullable = 'NO' and column_default is null"
                + " and is_identity = 'NO' and is_generated = 'NEVER')",
            table)) {
      var parts = column.split(" ", 2);
      columns.put(parts[0], parts[1]);
    }
    return columns;
  }

  private static String sample(String type) {
    return switch (type) {
      case "uuid" -> "gen_random_uuid()";
      case "boolean" -> "false";
      case "jsonb", "json" -> "'{}'";
      case "xid8" -> "pg_current_xact_id()";
      case "bytea" -> "'\\x00'";
      case "smallint", "integer", "bigint", "numeric", "double precision" ->
          "(random() * 30000)::int";
      case "timestamp with time zone", "date" -> "now()";
      case "inet" -> "'192.0.2.1'";
      case "ARRAY" -> "'{}'";
      default -> "gen_random_uuid()::text";
    };
  }

  private void as(String tenant, SqlWork work) throws SQLException {
    change("set role \"%s\"", role);
    try {
      change("set slipway.tenant = '%s'", tenant);
      work.run();
    } finally {
      change("reset role");
      change("reset slipway.tenant");
    }
  }

  private int count(String table) throws SQLException {
    return Integer.parseInt(strings("select count(*)::text from %s", table).getFirst());
  }

  private List<String> strings(String query, Object... arguments) throws SQLException {
    try (var statement = owner.createStatement();
        var rows = statement.executeQuery(query.formatted(arguments))) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private int change(String statement, Object... arguments) throws SQLException {
    try (var open = owner.createStatement()) {
      return open.executeUpdate(statement.formatted(arguments));
    }
  }

  @FunctionalInterface
  private interface SqlWork {
    void run() throws SQLException;
  }
}
