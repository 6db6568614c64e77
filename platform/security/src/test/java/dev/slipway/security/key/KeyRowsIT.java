package dev.slipway.security.key;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.security.SecurityStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRowsIT {
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
  void keepsItsConnectionAndReplacesALostOne() throws Exception {
    var rows = security.rows();
    var first = rows.run(KeyRowsIT::backend);
    assertThat(rows.run(KeyRowsIT::backend)).isEqualTo(first);
    security.execute("select pg_terminate_backend(" + first + ")");
    assertThat(rows.run(KeyRowsIT::backend)).isNotEqualTo(first);
    rows.close();
  }

  @Test
  void aFailureOfTheStatementsRollsBackAndIsRefusedAfterOneMoreTry() {
    var rows = security.rows();
    rows.run(KeyRowsIT::backend);
    var tries = new AtomicInteger();
    assertRefused(
        CommonError.UNAVAILABLE,
        () ->
            rows.run(
                on -> {
                  tries.incrementAndGet();
                  return on.createStatement().executeUpdate("insert into no_such_table values (1)");
                }));
    assertThat(tries).hasValue(2);
    assertThat(rows.run(KeyRowsIT::backend)).isPositive();
    rows.close();
  }

  @Test
  void anExceptionLeavesNothingBehind() throws Exception {
    var rows = security.rows();
    var id = UUID.randomUUID();
    assertThatThrownBy(
            () ->
                rows.run(
                    on -> {
                      on.createStatement()
                          .executeUpdate(
                              "insert into security_data_key (id, version, wrapped, master_key_id)"
                                  + " values ('"
                                  + id
                                  + "', 99, '', 'x')");
                      throw new IllegalStateException("half-way");
                    }))
        .hasMessage("half-way");
    assertThat(security.query("select count(*) from security_data_key where version = 99"))
        .isEqualTo("0");
    rows.close();
  }

  /** The pool of four is exhausted by units of work that all need a key. */
  @Test
  void worksInsideAnyUnitOfWorkWithoutAPooledConnection() throws Exception {
    var rows = security.rows();
    var threads = new Thread[8];
    var served = new AtomicInteger();
    for (var i = 0; i < threads.length; i++) {
      var scope = i % 2 == 0 ? Scope.platform("test") : Scope.tenant(Ids.next());
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () ->
                      security.database.read(
                          scope,
                          () -> rows.run(KeyRowsIT::backend) > 0 ? served.incrementAndGet() : 0));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(served).hasValue(threads.length);
    rows.close();
  }

  private static int backend(Connection on) throws SQLException {
    try (var query = on.createStatement();
        var result = query.executeQuery("select pg_backend_pid()")) {
      result.next();
      return result.getInt(1);
    }
  }
}
