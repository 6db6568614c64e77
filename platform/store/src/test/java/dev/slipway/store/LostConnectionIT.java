package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import dev.slipway.store.migrate.Changelog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is lost in the middle of a unit of work: to be tried again, nobody's fault. */
class LostConnectionIT {
  @TempDir static Path folder;
  static EmbeddedPostgres postgres;
  static Store store;
  static Database database;
  static ThingMapper things;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);

  @BeforeAll
  static void open() throws Exception {
    postgres = EmbeddedPostgres.start(Options.forTests(folder));
    var endpoint = postgres.endpoint();
    store =
        Store.open(
            new StoreSettings(
                endpoint.url(),
                endpoint.superuser(),
                endpoint.password(),
                "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8),
                3));
    database = store.database("toy", LostConnectionIT.class.getClassLoader());
    things = database.mapper(ThingMapper.class);
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
    postgres.close();
  }

  private void insert() {
    things.insert(
        new Thing(
            Ids.next(), 1, tenant, "lost", Thing.Kind.VERY_SMALL, List.of("a"), Instant.now()));
  }

  /** Ends all connections of the store, and returns when they are gone. */
  private static void disconnect() {
    var endpoint = postgres.endpoint();
    try (var connection =
            DriverManager.getConnection(endpoint.url(), endpoint.superuser(), endpoint.password());
        var statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
              + " where application_name = 'slipway' and pid <> pg_backend_pid()");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void assertUnavailable(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            PlatformException.class,
            lost -> {
              assertThat(lost.code()).isEqualTo(CommonError.UNAVAILABLE);
              assertThat(lost.retryAfter()).isNotNull();
            });
  }

  @Test
  void beforeTheNextStatement() {
    assertUnavailable(
        () ->
            database.run(
                scope,
                () -> {
                  insert();
                  disconnect();
                  things.everything();
                }));
    assertUnavailable(
        () ->
            database.read(
                scope,
                () -> {
                  disconnect();
                  return things.everything();
                }));
  }

  @Test
  void beforeTheCommit() {
    assertUnavailable(
        () ->
            database.run(
                scope,
                () -> {
                  insert();
                  disconnect();
                }));
  }

  @Test
  void whileAPluginWorks() {
    var guest =
        store.pluginDatabase(Changelog.of("guest", LostConnectionIT.class.getClassLoader()));
    var notes = guest.mapper(GuestMapper.class);
    assertUnavailable(
        () ->
            guest.read(
                scope,
                () -> {
                  notes.notes();
                  disconnect();
                  return notes.notes();
                }));
    assertUnavailable(
        () ->
            guest.run(
                scope,
                () -> {
                  notes.note(tenant, "n");
                  disconnect();
                  notes.note(tenant, "m");
                }));
  }

  @Test
  void betweenUnitsOfWork() {
    for (var round = 0; round < 20; round++) {
      disconnect();
      try {
        database.run(scope, things::everything);
        database.read(scope, things::everything);
      } catch (PlatformException lost) {
        assertThat(lost.code()).isEqualTo(CommonError.UNAVAILABLE);
      }
    }
  }
}
