package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreIT {
  @TempDir static Path folder;
  static EmbeddedPostgres postgres;
  static Store store;
  static Database database;
  static ThingMapper things;

  final UUID tenant = Ids.next();
  final UUID other = Ids.next();

  @BeforeAll
  static void open() throws Exception {
    postgres = EmbeddedPostgres.start(Options.forTests(folder));
    store = reopen();
    database = store.database("toy", StoreIT.class.getClassLoader());
    things = database.mapper(ThingMapper.class);
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
    postgres.close();
  }

  static Store reopen() {
    var key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    return Store.open(
        new StoreSettings(
            postgres.endpoint().url(),
            postgres.endpoint().superuser(),
            postgres.endpoint().password(),
            key,
            3));
  }

  Thing thing(UUID tenantId, String name) {
    return new Thing(
        Ids.next(), 1, tenantId, name, Thing.Kind.VERY_SMALL, List.of("a", "b"), Instant.now());
  }

  Thing added(UUID tenantId, String name) {
    var thing = thing(tenantId, name);
    database.run(Scope.tenant(tenantId), () -> things.insert(thing));
    return thing;
  }

  @Test
  void readsBackWhatWasWritten() {
    var thing = added(tenant, "one");
    var found = database.read(Scope.tenant(tenant), () -> things.find(thing.id()));
    assertThat(found).usingRecursiveComparison().ignoringFields("at").isEqualTo(thing);
  }

  @Test
  void aStatementWithoutTenantSeesOneTenantOnly() {
    added(tenant, "mine");
    added(other, "theirs");
    // More rounds than connections, so that each connection changes its tenant under way.
    for (var round = 0; round < 8; round++) {
      assertThat(database.read(Scope.tenant(tenant), things::everything))
          .extracting(Thing::name)
          .containsExactly("mine");
      assertThat(database.read(Scope.tenant(other), things::everything))
          .extracting(Thing::name)
          .containsExactly("theirs");
    }
    assertThat(database.read(Scope.platform("test"), things::everything)).hasSizeGreaterThan(1);
  }

  @Test
  void oneTenantCanNotWriteRowsOfAnother() {
    assertThatThrownBy(
            () -> database.run(Scope.tenant(tenant), () -> things.insert(thing(other, "forged"))))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage(
            "ERROR: new row violates row-level security policy for table \"toy_thing\"");
    var theirs = added(other, "kept");
    assertThat(database.<Integer>write(Scope.tenant(tenant), () -> things.delete(theirs.id())))
        .isZero();
  }

  @Test
  void tenantsCanNotReadPlatformTables() {
    assertThatThrownBy(() -> database.read(Scope.tenant(tenant), things::secrets))
        .hasRootCauseMessage("ERROR: permission denied for table toy_secret");
    assertThat(database.read(Scope.platform("test"), things::secrets)).isZero();
  }

  @Test
  void aFailedFirstReadDoesNotLeaveTheConnectionAtTheOtherTenant() {
    added(tenant, "after-failure");
    for (var round = 0; round < 6; round++) {
      assertThatThrownBy(() -> database.read(Scope.tenant(other), things::secrets))
          .isInstanceOf(IllegalStateException.class);
      assertThat(database.read(Scope.tenant(tenant), things::everything)).hasSize(1);
      assertThat(database.read(Scope.tenant(other), things::everything)).isEmpty();
    }
  }

  @Test
  void aRolledBackUnitLeavesNothing() {
    assertThatThrownBy(
            () ->
                database.run(
                    Scope.tenant(tenant),
                    () -> {
                      things.insert(thing(tenant, "gone"));
                      throw new IllegalArgumentException("stop");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(database.read(Scope.tenant(tenant), things::everything)).isEmpty();
  }

  @Test
  void duplicatesAreNamedByTheirConstraint() {
    added(tenant, "same");
    assertThatThrownBy(() -> added(tenant, "same"))
        .isInstanceOfSatisfying(
            ConstraintViolation.class,
            violation -> {
              assertThat(violation.kind()).isEqualTo(ConstraintViolation.Kind.UNIQUE);
              assertThat(violation.constraint()).isEqualTo("toy_thing_name");
            });
  }

  @Test
  void aStaleVersionChangesNothing() {
    var thing = added(tenant, "versioned");
    assertThat(database.<Integer>write(Scope.tenant(tenant), () -> things.update(thing))).isOne();
    assertThat(database.<Integer>write(Scope.tenant(tenant), () -> things.update(thing))).isZero();
  }

  @Test
  void textThatNoColumnCanHoldIsTheClientsFault() {
    assertThatThrownBy(() -> added(tenant, "a\0b")).isInstanceOf(PlatformException.class);
  }

  @Test
  void unitsJoinWithinOneScopeAndRefuseAnother() {
    database.run(
        Scope.tenant(tenant),
        () -> {
          assertThat(database.read(Scope.tenant(tenant), things::everything)).isEmpty();
          assertThatThrownBy(() -> database.read(Scope.tenant(other), things::everything))
              .isInstanceOf(IllegalStateException.class);
        });
    assertThatThrownBy(things::everything).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUnchangedChangelogIsNotRunAgain() {
    try (var again = reopen()) {
      again.database("toy", StoreIT.class.getClassLoader());
    }
    assertThat(database.read(Scope.platform("test"), things::everything)).isNotNull();
  }

  @Test
  void theAuditTellsForWhomAndFromWhereSomebodyActed() throws Exception {
    var owner = Ids.next();
    var home = new Membership(tenant, Role.ADMIN, true);
    var key = new Caller(null, Ids.next(), null, "ci", home, "request", "192.0.2.1", owner);
    audited("toy.thing.create", key, () -> added(other, "of another tenant"));
    assertThat(audit("toy.thing.create"))
        .containsEntry("tenant_id", other.toString())
        .containsEntry("on_behalf_of", owner.toString())
        .containsEntry("actor_tenant_id", tenant.toString())
        .containsEntry("after", "x");

    var user = new Caller(owner, null, null, "ann", home, "request", "192.0.2.1");
    var scope = Scope.platform("test");
    audited(
        "toy.thing.rename",
        user,
        () -> {
          CurrentOperation.about(other);
          database.run(scope, () -> {});
        });
    assertThat(audit("toy.thing.rename"))
        .containsEntry("tenant_id", other.toString())
        .containsEntry("on_behalf_of", null)
        .containsEntry("actor_tenant_id", tenant.toString());
    audited("toy.thing.delete", user, () -> database.run(scope, () -> {}));
    assertThat(audit("toy.thing.delete"))
        .containsEntry("tenant_id", tenant.toString())
        .containsEntry("actor_tenant_id", null);
  }

  static void audited(String operation, Caller caller, Runnable work) {
    CurrentOperation.bound(
        () -> {
          Objects.requireNonNull(CurrentOperation.get()).identify(operation, caller, true);
          CurrentOperation.detail("after", "x");
          work.run();
        });
  }

  static Map<String, String> audit(String action) throws SQLException {
    try (var connection = store.platform().getConnection();
        var query =
            connection.prepareStatement(
                "select tenant_id::text, details->>'on_behalf_of' as on_behalf_of,"
                    + " details->>'actor_tenant_id' as actor_tenant_id, details->>'after' as after"
                    + " from security_audit where action = ?")) {
      query.setString(1, action);
      var row = query.executeQuery();
      assertThat(row.next()).isTrue();
      var found = new HashMap<String, String>();
      for (var column : List.of("tenant_id", "on_behalf_of", "actor_tenant_id", "after")) {
        found.put(column, row.getString(column));
      }
      return found;
    }
  }
}
