import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Counts what a database is asked to do; it has to be started with {@code pg_stat_statements}. */
final class Statements {
  /** Longer than the pauses of all that looks for work several times a minute. */
  private static final int WATCH_SECONDS = 6;

  private final Connection connection;

  private Statements(Connection connection) {
    this.connection = connection;
  }

  /** Notes what the platform does all the time, whoever asks for what; that is not counted. */
  static Statements over(Connection connection) throws SQLException, InterruptedException {
    var statements = new Statements(connection);
    statements.execute("create extension if not exists pg_stat_statements");
    statements.reset();
    TimeUnit.SECONDS.sleep(WATCH_SECONDS);
    statements.execute("create temp table background as select queryid from pg_stat_statements");
    return statements;
  }

  void reset() throws SQLException {
    execute("select pg_stat_statements_reset()");
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How many since the last reset. */
  long count() throws SQLException {
    return number(
        "select coalesce(sum(calls), 0) from pg_stat_statements"
            + " where query not like '%pg_stat_statements%'"
            + " and queryid not in (select queryid from background)");
  }

  /** How many since the last reset, those of the platform's own routine too. */
  long countAll() throws SQLException {
    return number(
        "select coalesce(sum(calls), 0) from pg_stat_statements"
            + " where query not like '%pg_stat_statements%'");
  }

  /** Prints what was asked most often since the last reset, each by so many. */
  void show(int by) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select calls, total_exec_time,"
                    + " left(regexp_replace(query, '\\s+', ' ', 'g'), 150)"
                    + " from pg_stat_statements order by calls desc limit 40")) {
      while (rows.next()) {
        System.out.printf(
            Locale.ROOT,
            "%8.1f calls %8.2f ms  %s%n",
            (double) rows.getLong(1) / by,
            rows.getDouble(2) / by,
            rows.getString(3));
      }
    }
  }

  private long number(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
