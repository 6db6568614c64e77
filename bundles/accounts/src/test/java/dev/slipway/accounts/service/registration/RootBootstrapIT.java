package dev.slipway.accounts.service.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.service.Accounts;
import dev.slipway.accounts.service.TestMapper;
import dev.slipway.api.Role;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RootBootstrapIT {
  static final Map<String, String> SETTINGS =
      Map.of("slipway.root.email", "Root@localhost", "slipway.root.password", "Own-3r-of-all");

  Accounts accounts;

  @BeforeEach
  void open() throws Exception {
    accounts = Accounts.open();
  }

  @AfterEach
  void close() throws Exception {
    accounts.close();
  }

  @Test
  void makesTheRootTenantAndItsOwnerOnce() {
    assertThat(accounts.accounts.initialized()).isFalse();
    var bootstrap = accounts.bootstrap(SETTINGS);
    assertThat(bootstrap.name()).isEqualTo("accounts");
    assertThat(bootstrap.check().ok()).isTrue();
    assertThat(accounts.accounts.initialized()).isTrue();

    var owner = accounts.logins.login("root@localhost", "Own-3r-of-all", null, Accounts.ORIGIN);
    assertThat(owner.user().emailVerified()).isTrue();
    assertThat(owner.seats())
        .singleElement()
        .extracting(Seat::tenantName, Seat::tenantSlug, Seat::role, Seat::root)
        .containsExactly("Root", "root", Role.OWNER, true);
    var root = owner.seats().getFirst().tenantId();
    assertThat(accounts.events.all(AccountsEvent.TenantCreated.class))
        .containsExactly(
            new AccountsEvent.TenantCreated(root, "Root", "root", true, owner.user().id()));
    assertThat(accounts.events.all(AccountsEvent.UserRegistered.class)).hasSize(1);

    var other = Map.of("slipway.root.email", "b@example.com", "slipway.root.password", "x");
    assertThat(accounts.bootstrap(other).check().ok()).isTrue();
    assertThat(accounts.count(mapper -> mapper.users("b@example.com"))).isZero();
  }

  @Test
  void nodesThatStartAtOnceMakeOne() throws Exception {
    var nodes = Collections.<Callable<RootBootstrap>>nCopies(6, () -> accounts.bootstrap(SETTINGS));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var node : threads.invokeAll(nodes)) {
        assertThat(node.get().check().ok()).isTrue();
      }
    }
    assertThat(accounts.count(TestMapper::roots)).isOne();
    assertThat(accounts.count(mapper -> mapper.users("root@localhost"))).isOne();
    assertThat(accounts.events.all(AccountsEvent.TenantCreated.class)).hasSize(1);
  }

  @Test
  void withoutSettingsThereIsNoOwnerAndThePlatformIsReady() {
    var health = accounts.bootstrap(Map.of()).check();
    assertThat(health.ok()).isTrue();
    assertThat(health.detail()).contains("not set");
    assertThat(accounts.accounts.initialized()).isFalse();
  }

  @Test
  void whoeverTookTheAddressDoesNotBecomeOwner() {
    accounts.register("early@example.com");
    var settings =
        Map.of("slipway.root.email", "EARLY@example.com", "slipway.root.password", "Own-3r-of-all");
    var bootstrap = accounts.bootstrap(settings);
    assertThat(bootstrap.check().ok()).isFalse();
    assertThat(bootstrap.check().detail()).doesNotContain("example.com");
    assertThat(accounts.accounts.initialized()).isFalse();
    assertThat(accounts.count(TestMapper::roots)).isZero();
  }

  @Test
  void aFailedAttemptIsMadeAgainAtTheNextLook() {
    accounts.change(mapper -> mapper.block());
    var bootstrap = accounts.bootstrap(SETTINGS);
    assertThat(accounts.accounts.initialized()).isFalse();
    assertThat(bootstrap.check().ok()).isFalse();
    accounts.change(mapper -> mapper.unblock());
    assertThat(bootstrap.check().ok()).isTrue();
    assertThat(accounts.accounts.initialized()).isTrue();
  }
}
