package dev.slipway.store.migrate;

import dev.slipway.store.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.parser.core.formattedsql.FormattedSqlChangeLogParser;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables of one feature up to date. Liquibase is asked only where the changelog differs
 * from the one recorded after the last success: thirty runs that find nothing to do would be the
 * longest part of a start.
 */
public final class Migration {
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private Migration() {}

  /** Runs the changelog as the owner; several nodes may do so at once. */
  public static void run(DataSource owner, Changelog changelog) {
    if (changelog.files().isEmpty()) {
      return;
    }
    try (var connection = owner.getConnection()) {
      var known = recorded(connection, changelog);
      if (changelog.checksum().equals(known)) {
        return;
      }
      try (var statement = connection.createStatement()) {
        statement.execute("set statement_timeout = 0");
        statement.execute("set lock_timeout = '60s'");
        statement.execute("set idle_in_transaction_session_timeout = 0");
      }
      update(connection, changelog);
      record(connection, changelog);
      LOG.info("migrated {}", changelog.feature());
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    } catch (LiquibaseException failure) {
      var lost = Failures.inside(failure);
      if (lost != null && Failures.isUnreachable(lost)) {
        throw Failures.translate(lost);
      }
      throw new IllegalStateException("migration of " + changelog.feature() + " failed", failure);
    }
  }

  /** Drops the tables of the feature that a bundle owns. */
  public static void purge(DataSource owner, String bundle) {
    try (var connection = owner.getConnection();
        var features =
            connection.prepareStatement("select feature from store_changelog where bundle = ?")) {
      features.setString(1, bundle);
      var rows = features.executeQuery();
      if (!rows.next()) {
        return;
      }
      var feature = rows.getString(1);
      try (var drop = connection.createStatement()) {
        for (var table : tables(connection, feature + "_")) {
          drop.execute("drop table if exists \"" + table.replace("\"", "\"\"") + "\" cascade");
        }
      }
      try (var forget =
          connection.prepareStatement("delete from store_changelog where feature = ?")) {
        forget.setString(1, feature);
        forget.executeUpdate();
      }
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    }
  }

  /** Tables of the feature, and not those of another one whose name merely begins with its name. */
  public static List<String> tables(Connection connection, String prefix) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "select tablename from pg_tables"
                + " where schemaname = 'public' and starts_with(tablename, ?) and not exists ("
                + "select 1 from store_changelog o where starts_with(o.feature, ?)"
                + " and starts_with(tablename, o.feature || '_'))")) {
      query.setString(1, prefix);
      query.setString(2, prefix);
      var rows = query.executeQuery();
      var names = new ArrayList<String>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  private static void update(Connection connection, Changelog changelog) throws LiquibaseException {
    var loader = Liquibase.class.getClassLoader();
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Map<String, Object> values =
          Map.of(
              Scope.Attr.classLoader.name(),
              loader,
              Scope.Attr.ui.name(),
              new LoggerUIService(),
              // It would tell its makers over the network.
              AnalyticsArgs.ENABLED.getKey(),
              false);
      Scope.child(values, () -> apply(connection, changelog));
    } catch (LiquibaseException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new LiquibaseException(failure);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void apply(Connection connection, Changelog changelog) throws LiquibaseException {
    var database = new PostgresDatabase();
    database.setConnection(new Nameless(connection));
    database.setDatabaseChangeLogTableName(changelog.feature() + "_changelog");
    database.setDatabaseChangeLogLockTableName(changelog.feature() + "_changelog_lock");
    var resources = new MemoryResources(changelog.files());
    var all = new DatabaseChangeLog(changelog.feature());
    var parser = new FormattedSqlChangeLogParser();
    for (var file : changelog.files().keySet()) {
      var parsed = parser.parse(file, new ChangeLogParameters(database), resources);
      parsed.getChangeSets().forEach(all::addChangeSet);
    }
    // Closing Liquibase would close the connection, which is still needed to record the success.
    new Liquibase(all, resources, database).update(new Contexts());
  }

  /** The checksum after the last success of each feature, by {@link Changelog#place}. */
  public static Map<String, String> recorded(Connection owner) throws SQLException {
    try (var query = owner.createStatement()) {
      var rows = query.executeQuery("select bundle, feature, checksum from store_changelog");
      var found = new HashMap<String, String>();
      while (rows.next()) {
        found.put(rows.getString(1) + "/" + rows.getString(2), rows.getString(3));
      }
      return found;
    }
  }

  private static @Nullable String recorded(Connection connection, Changelog changelog)
      throws SQLException {
    try (var query =
        connection.prepareStatement(
            "select checksum, bundle from store_changelog where feature = ?")) {
      query.setString(1, changelog.feature());
      var row = query.executeQuery();
      if (!row.next()) {
        return null;
      }
      if (!row.getString("bundle").equals(changelog.bundle())) {
        throw new IllegalStateException(
            "tables of " + changelog.feature() + " belong to " + row.getString("bundle"));
      }
      return row.getString("checksum");
    }
  }

  private static void record(Connection connection, Changelog changelog) throws SQLException {
    connection.setAutoCommit(true);
    try (var upsert =
        connection.prepareStatement(
            "insert into store_changelog (feature, bundle, checksum) values (?, ?, ?)"
                + " on conflict (feature) do update"
                + " set checksum = excluded.checksum, migrated_at = now()")) {
      upsert.setString(1, changelog.feature());
      upsert.setString(2, changelog.bundle());
      upsert.setString(3, changelog.checksum());
      upsert.executeUpdate();
    }
  }

  /**
   * Liquibase looks for passwords in the address, for its log, with patterns that took longer than
   * the migrations themselves.
   */
  private static final class Nameless extends JdbcConnection {
    Nameless(Connection connection) {
      super(connection);
    }

    @Override
    public String getURL() {
      return "jdbc:postgresql:";
    }
  }
}
