package dev.slipway.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialStoreIT {
  private static final Credentials LOGIN =
      new Credentials("http://x", "a@b", "access", "refresh", new StoredTenant("id", "slug"));

  @TempDir Path home;

  private static Path folder(String... variables) {
    var map = new HashMap<String, String>();
    for (var i = 0; i < variables.length; i += 2) {
      map.put(variables[i], variables[i + 1]);
    }
    var terminal = new Terminal(System.in, System.out, System.err, false, false);
    return new Environment(Map.copyOf(map), terminal, Timeouts.STANDARD).configDirectory();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    var store = new CredentialStore(home.resolve("a/b"));
    assertThat(store.read()).isEmpty();
    store.write(LOGIN);
    assertThat(store.read()).contains(LOGIN);
    store.write(LOGIN.withTenant(null).withTokens("A", "R"));
    assertThat(store.read()).contains(new Credentials("http://x", "a@b", "A", "R", null));
    store.delete();
    assertThat(store.read()).isEmpty();
  }

  @Test
  void filesAreForTheOwnerAloneAndNoDraftStays() throws IOException {
    var store = new CredentialStore(home.resolve("slipway"));
    Files.createDirectories(home.resolve("slipway"));
    Files.writeString(store.file(), "{}");
    Files.setPosixFilePermissions(store.file(), PosixFilePermissions.fromString("rw-r--r--"));
    store.write(LOGIN);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.file())))
        .isEqualTo("rw-------");
    try (var files = Files.list(home.resolve("slipway"))) {
      assertThat(files).containsExactly(store.file());
    }
  }

  @Test
  void tokensAreNotShown() {
    assertThat(LOGIN.toString()).doesNotContain("access", "refresh");
  }

  @Test
  void onlyOneHoldsTheLock() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var begin = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var i = 0; i < 4; i++) {
        threads.submit(
            () -> {
              begin.await();
              try (var lock = new CredentialStore(home).lock()) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                inside.decrementAndGet();
              }
              return null;
            });
      }
      begin.countDown();
      threads.shutdown();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void theFolderFollowsTheXdgRules() {
    assertThat(folder("XDG_CONFIG_HOME", "/x", "HOME", "/h")).isEqualTo(Path.of("/x/slipway"));
    assertThat(folder("XDG_CONFIG_HOME", "x", "HOME", "/h"))
        .isEqualTo(Path.of("/h/.config/slipway"));
    assertThat(folder("HOME", "/h")).isEqualTo(Path.of("/h/.config/slipway"));
  }
}
