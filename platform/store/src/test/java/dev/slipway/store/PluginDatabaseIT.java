package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import dev.slipway.store.migrate.Changelog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin reaches its own tables, and no other however it is asked. */
class PluginDatabaseIT {
  private static final Scope PLATFORM = Scope.platform("a test");

  @TempDir static Path folder;
  static EmbeddedPostgres postgres;
  static Store store;
  static Database house;
  static ThingMapper things;
  static Database guest;
  static GuestMapper notes;

  final UUID tenant = Ids.next();

  @BeforeAll
  static void open() throws Exception {
    postgres = EmbeddedPostgres.start(Options.forTests(folder));
    var key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    store =
        Store.open(
            new StoreSettings(
                postgres.endpoint().url(),
                postgres.endpoint().superuser(),
                postgres.endpoint().password(),
                key,
                12));
    var loader = PluginDatabaseIT.class.getClassLoader();
    house = store.database("toy", loader);
    things = house.mapper(ThingMapper.class);
    guest = guest();
    notes = guest.mapper(GuestMapper.class);
  }

  static Database guest() {
    return store.pluginDatabase(Changelog.of("guest", PluginDatabaseIT.class.getClassLoader()));
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
    postgres.close();
  }

  void add(UUID tenantId) {
    guest.run(Scope.tenant(tenantId), () -> notes.note(tenantId, "n"));
  }

  long count(Scope scope, ToLongFunction<GuestMapper> count) {
    return guest.read(scope, () -> count.applyAsLong(notes));
  }

  void assertRefused(Scope scope, Runnable statement) {
    assertThatThrownBy(() -> guest.run(scope, statement)).hasMessageContaining("permission denied");
  }

  @Test
  void ownRowsAreKeptApartByTenant() {
    add(tenant);
    var other = Ids.next();
    assertThat(count(Scope.tenant(tenant), GuestMapper::notes)).isEqualTo(1);
    assertThat(count(Scope.tenant(other), GuestMapper::notes)).isZero();
    assertThatThrownBy(() -> guest.run(Scope.tenant(other), () -> notes.note(tenant, "forged")))
        .hasMessageContaining("row-level security");
    assertThat(count(PLATFORM, GuestMapper::notes)).isPositive();
    assertThat(count(PLATFORM, GuestMapper::flags)).isZero();
    assertRefused(Scope.tenant(tenant), notes::flags);
  }

  @Test
  void tablesOfOthersAreRefused() {
    for (var scope : new Scope[] {PLATFORM, Scope.tenant(tenant)}) {
      assertRefused(scope, notes::things);
      assertRefused(scope, notes::deleteThings);
      assertRefused(scope, notes::changelogs);
    }
  }

  @Test
  void othersStayThemselvesInAPluginsUnitOfWork() {
    guest.run(
        Scope.tenant(tenant),
        () -> {
          notes.note(tenant, "before");
          assertThat(house.read(Scope.tenant(tenant), things::everything)).isNotNull();
          notes.note(tenant, "after");
        });
    assertThatThrownBy(
            () ->
                guest.read(
                    Scope.tenant(tenant),
                    () -> {
                      house.read(Scope.tenant(tenant), things::everything);
                      return notes.things();
                    }))
        .hasMessageContaining("permission denied");
    // No pooled connection has kept a plugin's role.
    for (var round = 0; round < 30; round++) {
      assertThat(house.read(Scope.tenant(tenant), things::everything)).isNotNull();
      assertThat(house.read(PLATFORM, things::everything)).isNotNull();
    }
  }

  @Test
  void connectionsAreBounded() throws Exception {
    var go = new CountDownLatch(1);
    var inside = new CountDownLatch(PluginDatabase.CONNECTIONS);
    var threads = new Thread[PluginDatabase.CONNECTIONS];
    try {
      for (var i = 0; i < threads.length; i++) {
        threads[i] =
            Thread.startVirtualThread(
                () ->
                    guest.read(
                        PLATFORM,
                        () -> {
                          inside.countDown();
                          return awaited(go);
                        }));
      }
      inside.await();
      assertThatThrownBy(() -> count(PLATFORM, GuestMapper::notes))
          .isInstanceOf(PlatformException.class)
          .hasMessageContaining("guest");
      assertThat(house.read(PLATFORM, things::everything)).isNotNull();
    } finally {
      go.countDown();
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(count(PLATFORM, GuestMapper::notes)).isNotNegative();
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void tablesAndRolesGoAndComeBack() throws Exception {
    store.purge("dev.slipway.guest");
    try (var connection = store.dedicated();
        var query =
            connection.prepareStatement(
                "select count(*) from pg_roles where rolname ~ '_p[tp]$'")) {
      var row = query.executeQuery();
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isZero();
    }
    guest = guest();
    notes = guest.mapper(GuestMapper.class);
    add(tenant);
    assertThat(count(Scope.tenant(tenant), GuestMapper::notes)).isEqualTo(1);
  }
}
