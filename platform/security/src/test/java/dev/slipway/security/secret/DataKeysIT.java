package dev.slipway.security.secret;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.security.SecurityStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataKeysIT {
  private static final String PLACE = "apps_env_var/1/value";

  @TempDir static Path dir;
  private static SecurityStore security;

  private final UUID tenant = Ids.next();
  private Path file;

  @BeforeAll
  static void start() throws Exception {
    security = SecurityStore.start(dir);
  }

  @AfterAll
  static void stop() {
    security.close();
  }

  @BeforeEach
  void writeMasterKey() throws Exception {
    file = Files.writeString(dir.resolve("master-key"), "one:" + key(1));
  }

  @AfterEach
  void forgetKeys() throws Exception {
    security.execute("delete from security_data_key");
  }

  @Test
  void anotherNodeOpensWhatOneSealed() {
    var here = node();
    var there = node();
    for (var owner : Arrays.asList(tenant, null)) {
      var sealed = here.seal(owner, PLACE, "value");
      assertThat(there.open(owner, PLACE, sealed)).isEqualTo("value");
      assertThat(there.seal(owner, PLACE, "x").split("\\.")[1]).isEqualTo(sealed.split("\\.")[1]);
    }
  }

  @Test
  void everyTenantHasAKeyOfItsOwnAndNoneStandsThereInTheClear() throws Exception {
    var secrets = node();
    var keys = Set.of(id(secrets, tenant), id(secrets, Ids.next()), id(secrets, null));
    assertThat(keys).hasSize(3);
    assertThat(security.query("select min(length(wrapped)) from security_data_key"))
        .as("nonce, key, tag")
        .isEqualTo(Integer.toString(12 + 32 + 16));
  }

  @Test
  void nodesThatSealAtOnceAgreeOnOneKey() throws Exception {
    for (@Nullable UUID owner : Arrays.asList(tenant, null)) {
      var barrier = new CyclicBarrier(6);
      var used = ConcurrentHashMap.<String>newKeySet();
      var threads = new ArrayList<Thread>();
      for (var i = 0; i < 6; i++) {
        var secrets = node();
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      await(barrier);
                      used.add(id(secrets, owner));
                    }));
      }
      for (var thread : threads) {
        thread.join();
      }
      assertThat(used).hasSize(1);
    }
    assertThat(security.query("select count(*) from security_data_key")).isEqualTo("2");
  }

  @Test
  void aKeyMadeInAUnitOfWorkOutlivesItsRollback() {
    var secrets = node();
    var sealed = new String[1];
    assertThatThrownBy(
            () ->
                security.database.run(
                    Scope.tenant(tenant),
                    () -> {
                      sealed[0] = secrets.seal(tenant, PLACE, "value");
                      secrets.seal(null, PLACE, "of another scope");
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(node().open(tenant, PLACE, sealed[0])).isEqualTo("value");
  }

  @Test
  void rewrappingLetsTheOldMasterKeyGo() throws Exception {
    var secrets = node();
    var sealed = new ArrayList<String>();
    var owners = new ArrayList<UUID>();
    for (var i = 0; i < 450; i++) {
      owners.add(Ids.next());
      sealed.add(secrets.seal(owners.get(i), PLACE, "value " + i));
    }
    var masters = new MasterKeys(file);
    var rewrap = new DataKeyRewrap(security.rows(), masters);
    Files.writeString(file, "two:" + key(2) + "\none:" + key(1));
    rewrap.run();
    assertThat(count("two")).isEqualTo("450");
    rewrap.run();
    assertThat(count("two")).isEqualTo("450");

    Files.writeString(file, "two:" + key(2));
    var later = node();
    for (var i = 0; i < owners.size(); i++) {
      assertThat(later.open(owners.get(i), PLACE, sealed.get(i))).isEqualTo("value " + i);
    }
    assertThat(secrets.open(owners.get(0), PLACE, sealed.get(0))).isEqualTo("value 0");
  }

  @Test
  void aRunningNodeReadsTheFileAgainForAKeyThatItDoesNotKnow() throws Exception {
    var running = node();
    Files.writeString(file, "two:" + key(2) + "\none:" + key(1));
    var sealed = node().seal(tenant, PLACE, "value");
    assertThat(running.open(tenant, PLACE, sealed)).isEqualTo("value");
  }

  @Test
  void rewrappingNamesTheMasterKeysThatAreMissing() throws Exception {
    var stranded = node().seal(tenant, PLACE, "value");
    Files.writeString(file, "two:" + key(2));
    node().seal(Ids.next(), PLACE, "fine");
    assertThatThrownBy(new DataKeyRewrap(security.rows(), new MasterKeys(file))::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[one]");
    assertRefused(CommonError.INTERNAL, () -> node().open(tenant, PLACE, stranded));
  }

  @Test
  void aDataKeyMovedToAnotherTenantDoesNotOpen() throws Exception {
    var sealed = node().seal(tenant, PLACE, "value");
    var thief = Ids.next();
    security.execute("update security_data_key set tenant_id = '" + thief + "'");
    assertRefused(CommonError.INTERNAL, () -> node().open(thief, PLACE, sealed));
    assertRefused(CommonError.INTERNAL, () -> node().open(tenant, PLACE, sealed));
  }

  @Test
  void aTamperedDataKeyDoesNotOpen() throws Exception {
    var sealed = node().seal(tenant, PLACE, "value");
    security.execute(
        "update security_data_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)");
    assertRefused(CommonError.INTERNAL, () -> node().open(tenant, PLACE, sealed));
  }

  @Test
  void nothingOfAnErasedTenantOpensAgain() throws Exception {
    var keys = new DataKeys(security.rows(), new MasterKeys(file));
    var here = new SealedSecrets(keys);
    var other = Ids.next();
    var sealed = here.seal(tenant, PLACE, "value");
    var kept = here.seal(other, PLACE, "value");
    var listener = new KeysOfErasedTenants(keys);
    var now = Instant.now();
    var event =
        new StoredEvent(Ids.next(), "1", "events.tenant.erased", null, tenant, now, Map.of());
    assertThat(listener.filter().matches(event.type())).isTrue();
    listener.on(event);
    listener.on(event);
    for (var secrets : List.of(here, node())) {
      assertRefused(CommonError.INTERNAL, () -> secrets.open(tenant, PLACE, sealed));
      assertThat(secrets.open(other, PLACE, kept)).isEqualTo("value");
    }
  }

  private SealedSecrets node() {
    return new SealedSecrets(new DataKeys(security.rows(), new MasterKeys(file)));
  }

  private static String id(SealedSecrets secrets, @Nullable UUID owner) {
    return secrets.seal(owner, PLACE, "x").split("\\.")[1];
  }

  private static String count(String master) throws Exception {
    return security.query(
        "select count(*) from security_data_key where master_key_id = '" + master + "'");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String key(int fill) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
