package dev.slipway.security.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.security.Principal;
import dev.slipway.security.FakeSignals;
import dev.slipway.security.FakeUnits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RememberedPrincipalsTest {
  private final UUID user = Ids.next();
  private final UUID session = Ids.next();
  private final UUID tenant = Ids.next();
  private final CredentialKey key = new CredentialKey.OfUser(user, session, tenant);
  private final AtomicLong nanos = new AtomicLong();
  private final FakeSignals signals = new FakeSignals();
  private final FakeUnits units = new FakeUnits();
  private final FakeAccounts accounts = new FakeAccounts().withSeat(user, tenant, Role.USER);
  private final RememberedPrincipals principals =
      new RememberedPrincipals(units, signals, nanos::get);

  @BeforeEach
  void accountsArrive() {
    principals.bindSource(accounts);
  }

  @Test
  void asksOnceAMinute() {
    principals.find(key);
    pass(Duration.ofSeconds(59));
    principals.find(key);
    assertThat(accounts.asked).hasValue(1);
    pass(Duration.ofSeconds(2));
    principals.find(key);
    assertThat(accounts.asked).hasValue(2);
  }

  @Test
  void tellsOfActiveUsersOnceAMinute() {
    var active = new ArrayList<UUID>();
    principals.bindActivity(active::add);
    principals.find(key);
    principals.find(key);
    principals.find(new CredentialKey.OfUser(Ids.next(), session, null));
    assertThat(active).containsExactly(user);
    pass(Duration.ofSeconds(61));
    principals.find(key);
    assertThat(active).containsExactly(user, user);
  }

  @Test
  void sessionsAndTenantsAreKeptApart() {
    principals.find(key);
    principals.find(new CredentialKey.OfUser(user, Ids.next(), tenant));
    principals.find(new CredentialKey.OfUser(user, session, null));
    assertThat(accounts.asked).hasValue(3);
  }

  @Test
  void refusalsAreForgottenAfterTwoSeconds() {
    var stranger = new CredentialKey.OfUser(Ids.next(), session, null);
    var withoutSeat = new CredentialKey.OfUser(user, session, Ids.next());
    principals.find(stranger);
    principals.find(stranger);
    principals.find(withoutSeat);
    principals.find(withoutSeat);
    assertThat(accounts.asked).hasValue(2);
    pass(Duration.ofMillis(2_001));
    principals.find(stranger);
    principals.find(withoutSeat);
    assertThat(accounts.asked).hasValue(4);
  }

  @Test
  void forgettingUserOrTenantAsksAgain() {
    principals.find(key);
    principals.forget(user);
    assertThat(principals.find(key)).isPresent();
    principals.forget(tenant);
    principals.find(key);
    principals.forget(Ids.next());
    principals.find(key);
    assertThat(accounts.asked).hasValue(3);
  }

  @Test
  void aMemberIsRememberedUntilForgottenAndIsNotActiveByThat() {
    var active = new ArrayList<UUID>();
    principals.bindActivity(active::add);
    var seat = new Membership(tenant, Role.USER, false);
    for (var i = 0; i < 2; i++) {
      assertThat(principals.member(user, tenant)).get().extracting("membership").isEqualTo(seat);
    }
    assertThat(accounts.asked).hasValue(1);
    accounts.users.clear();
    principals.forget(user);
    assertThat(principals.member(user, tenant)).isEmpty();
    assertThat(active).isEmpty();
  }

  @Test
  void forgettingAnApiKeyOrItsTenantAsksAgain() {
    var id = Ids.next();
    var apiKey = new CredentialKey.OfApiKey("ab", null);
    accounts.keys.put(
        "ab", new Principal(null, id, "ci", new Membership(tenant, Role.USER, false)));
    assertThat(principals.find(apiKey)).isPresent();
    accounts.keys.clear();
    assertThat(principals.find(apiKey)).isPresent();
    principals.forget(id);
    assertThat(principals.find(apiKey)).isEmpty();

    accounts.keys.put(
        "cd", new Principal(null, id, "ci", new Membership(tenant, Role.USER, false)));
    var other = new CredentialKey.OfApiKey("cd", null);
    assertThat(principals.find(other)).isPresent();
    accounts.keys.clear();
    principals.forget(tenant);
    assertThat(principals.find(other)).isEmpty();
  }

  @Test
  void aSignalFromAnotherNodeForgets() {
    principals.find(key);
    accounts.users.clear();
    signals.raise("principal:" + user);
    assertThat(principals.find(key)).isEmpty();
  }

  @Test
  void aSignalWithoutIdForgetsAll() {
    principals.find(key);
    accounts.users.clear();
    signals.raise("principal:");
    assertThat(principals.find(key)).isEmpty();
  }

  @Test
  void onThisNodeItIsForgottenWithTheCommitBeforeAnySignal() {
    signals.hold();
    principals.find(key);
    units.run(
        Scope.tenant(tenant),
        () -> {
          principals.forget(user);
          // Not committed: others still see the user, and a load here would find it as before.
          assertThat(principals.find(key)).isPresent();
          accounts.users.clear();
        });
    assertThat(principals.find(key)).isEmpty();
  }

  @Test
  void aRolledBackChangeForgetsNothing() {
    signals.hold();
    principals.find(key);
    assertThatThrownBy(
            () ->
                units.run(
                    Scope.tenant(tenant),
                    () -> {
                      principals.forget(user);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    principals.find(key);
    assertThat(accounts.asked).hasValue(1);
  }

  @Test
  void aLoadUnderWayDoesNotBringTheForgottenBack() {
    accounts.beforeAnswer =
        () -> {
          accounts.users.clear();
          principals.forget(user);
        };
    assertThat(principals.find(key)).as("looked up before the change").isPresent();
    accounts.beforeAnswer = () -> {};
    assertThat(principals.find(key)).isEmpty();
  }

  @Test
  void closedItHearsNoMore() {
    principals.find(key);
    principals.close();
    signals.raise("principal:" + user);
    principals.find(key);
    assertThat(accounts.asked).hasValue(1);
  }

  @Test
  void guessedKeysPushNoCallerOut() {
    principals.find(key);
    for (var i = 0; i < 50_000; i++) {
      principals.find(new CredentialKey.OfApiKey("guess" + i, null));
    }
    var before = accounts.asked.get();
    principals.find(key);
    assertThat(accounts.asked).hasValue(before);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
