package dev.slipway.security.token;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.security.Secrets;
import dev.slipway.security.FakeSignals;
import dev.slipway.security.SecurityStore;
import dev.slipway.security.key.KeyRows;
import dev.slipway.store.Connections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysIT {
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  @TempDir static Path dir;
  private static SecurityStore security;

  private final FakeSignals signals = new FakeSignals();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile Instant now = START;

  @BeforeAll
  static void start() throws Exception {
    security = SecurityStore.start(dir);
  }

  @AfterAll
  static void stop() {
    security.close();
  }

  @AfterEach
  void forgetKeys() throws Exception {
    security.execute("delete from security_signing_key");
  }

  @Test
  void nodesThatStartAtOnceAgreeOnAFirstKey() throws Exception {
    var barrier = new CyclicBarrier(6);
    var used = ConcurrentHashMap.<String>newKeySet();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < 6; i++) {
      var keys = node();
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    await(barrier);
                    used.add(keys.active().id());
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(used).hasSize(1);
    assertThat(count()).isEqualTo("1");
  }

  @Test
  void anotherNodeVerifiesWhatOneSigned() {
    var user = Ids.next();
    var token = tokens(node()).issue(user, Ids.next(), Map.of());
    assertThat(tokens(node()).verifyAccess(token).userId()).isEqualTo(user);
  }

  @Test
  void keysAreSealedAndReadOnce() throws Exception {
    var keys = node();
    var id = keys.active().id();
    assertThat(security.query("select sealed from security_signing_key")).startsWith("sealed:");
    for (var i = 0; i < 10; i++) {
      assertThat(keys.active().id()).isEqualTo(id);
      assertThat(keys.find(id)).isPresent();
    }
    assertThat(opened).hasValue(1);
  }

  @Test
  void aKeySignsForThirtyDays() {
    var keys = node();
    var first = keys.active().id();
    now = START.plus(Duration.ofDays(30));
    keys.rotate();
    assertThat(keys.active().id()).isEqualTo(first);
    now = now.plusSeconds(1);
    keys.rotate();
    assertThat(keys.active().id()).isNotEqualTo(first);
  }

  @Test
  void aRetiredKeyVerifiesForThreeHoursAndIsThenRemoved() throws Exception {
    var keys = node();
    var first = keys.active().id();
    now = START.plus(Duration.ofDays(31));
    keys.rotate();
    assertThat(keys.find(first)).isPresent();
    now = now.plus(Duration.ofHours(3)).minusSeconds(1);
    assertThat(keys.find(first)).isPresent();
    now = now.plusSeconds(1);
    assertThat(keys.find(first)).isEmpty();
    assertThat(count()).isEqualTo("2");
    now = now.plusSeconds(1);
    keys.rotate();
    assertThat(count()).isEqualTo("1");
  }

  @Test
  void twoNodesThatRotateMakeOneKey() throws Exception {
    var one = node();
    var other = node();
    one.active();
    now = START.plus(Duration.ofDays(31));
    one.rotate();
    other.rotate();
    assertThat(count()).isEqualTo("2");
    assertThat(other.active().id()).isEqualTo(one.active().id());
  }

  @Test
  void otherNodesHearOfARotation() {
    var here = node();
    var there = node();
    var first = there.active().id();
    now = START.plus(Duration.ofDays(31));
    there.active();
    here.rotate();
    assertThat(there.active().id()).isEqualTo(here.active().id()).isNotEqualTo(first);
  }

  @Test
  void aMissedSignalIsMadeUpForWithinFiveMinutes() {
    var here = node();
    var there = node();
    there.active();
    now = START.plus(Duration.ofDays(31));
    there.active();
    signals.hold();
    here.rotate();
    now = now.plus(Duration.ofMinutes(5)).minusSeconds(1);
    var before = there.active().id();
    now = now.plusSeconds(1);
    assertThat(there.active().id()).isNotEqualTo(before).isEqualTo(here.active().id());
  }

  @Test
  void anUnknownKeyIsLookedForAtMostOnceASecond() {
    var here = node();
    here.active();
    now = START.plus(Duration.ofDays(31));
    here.active();
    signals.hold();
    var there = node();
    there.rotate();
    var fresh = there.active().id();
    assertThat(here.find(fresh)).as("read a moment ago").isEmpty();
    now = now.plusSeconds(1);
    assertThat(here.find(fresh)).isPresent();

    var before = opened.get();
    for (var i = 0; i < 50; i++) {
      assertThat(here.find(UUID.randomUUID().toString())).isEmpty();
    }
    assertThat(opened).hasValue(before);
  }

  @Test
  void withoutDatabaseTheKnownKeysStayInUse() throws Exception {
    var connections = new FailingConnections(security.store);
    var rows = new KeyRows(security.database, connections);
    var keys = node(rows);
    var id = keys.active().id();
    connections.fail();
    now = START.plus(Duration.ofMinutes(6));
    assertThat(keys.active().id()).isEqualTo(id);
    assertThat(keys.find(id)).isPresent();
    assertRefused(CommonError.UNAVAILABLE, node(rows)::active);
    connections.recover();
    now = now.plusSeconds(10);
    var before = opened.get();
    assertThat(keys.active().id()).isEqualTo(id);
    assertThat(opened.get()).as("read again").isGreaterThan(before);
  }

  private SignedTokens tokens(SigningKeys keys) {
    return new SignedTokens(keys::active, keys::find, () -> now);
  }

  private SigningKeys node() {
    return node(security.rows());
  }

  private SigningKeys node(KeyRows rows) {
    return new SigningKeys(rows, new MarkingSecrets(), signals, () -> now);
  }

  private static String count() throws Exception {
    return security.query("select count(*) from security_signing_key");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Connections that can be cut. */
  private static final class FailingConnections implements Connections {
    private final Connections real;
    private final List<Connection> open = new ArrayList<>();
    private boolean failing;

    FailingConnections(Connections real) {
      this.real = real;
    }

    void fail() throws SQLException {
      failing = true;
      for (var connection : open) {
        connection.close();
      }
    }

    void recover() {
      failing = false;
    }

    @Override
    public Connection dedicated() throws SQLException {
      if (failing) {
        throw new SQLException("cut", "08001");
      }
      open.add(real.dedicated());
      return open.getLast();
    }

    @Override
    public DataSource platform() {
      return real.platform();
    }

    @Override
    public <T extends Runnable> Optional<T> beforeCommit(Class<T> type, Supplier<T> first) {
      return real.beforeCommit(type, first);
    }
  }

  /** Seals by a mark that names the place. */
  private final class MarkingSecrets implements Secrets {
    @Override
    public String seal(@Nullable UUID tenantId, String place, String value) {
      return "sealed:" + tenantId + ":" + place + ":" + value;
    }

    @Override
    public String open(@Nullable UUID tenantId, String place, String sealed) {
      opened.incrementAndGet();
      var mark = "sealed:" + tenantId + ":" + place + ":";
      assertThat(sealed).startsWith(mark);
      return sealed.substring(mark.length());
    }

    @Override
    public void protect(String value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String mask(String text) {
      throw new UnsupportedOperationException();
    }
  }
}
