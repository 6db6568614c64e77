package dev.slipway.accounts.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.ApiKey;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.security.Principal;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrincipalsIT {
  static Accounts accounts;

  SignedIn signedIn;
  UUID user;
  UUID session;
  UUID tenant;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  @BeforeEach
  void signIn() {
    signedIn = accounts.register(UUID.randomUUID() + "@example.com");
    user = signedIn.user().id();
    session = Accounts.session(signedIn);
    tenant = signedIn.seats().getFirst().tenantId();
  }

  @Test
  void knowsAUserWithAndWithoutATenant() {
    var email = signedIn.user().email();
    assertThat(accounts.principals.user(user, session, null))
        .contains(new Principal(user, null, email, null));
    assertThat(accounts.principals.user(user, session, tenant))
        .contains(new Principal(user, null, email, new Membership(tenant, Role.OWNER, false)));
  }

  @Test
  void aUserHasNoSeatElsewhere() {
    var other = accounts.register(UUID.randomUUID() + "@example.com").seats().getFirst();
    for (var asked : new UUID[] {other.tenantId(), Ids.next()}) {
      assertThat(accounts.principals.user(user, session, asked))
          .get()
          .extracting(Principal::membership)
          .isNull();
    }
  }

  @Test
  void anInactiveTenantSeatsNobody() {
    accounts.change(mapper -> mapper.setTenantActive(tenant, false));
    assertThat(accounts.principals.user(user, session, tenant))
        .get()
        .extracting(Principal::membership)
        .isNull();
  }

  @Test
  void aMemberNeedsNoLogin() {
    accounts.sessions.logout(Accounts.caller(signedIn), null);
    var email = signedIn.user().email();
    assertThat(accounts.principals.member(user, tenant))
        .contains(new Principal(user, null, email, new Membership(tenant, Role.OWNER, false)));
    assertThat(accounts.principals.member(user, Ids.next()))
        .contains(new Principal(user, null, email, null));
    accounts.change(mapper -> mapper.setTenantActive(tenant, false));
    assertThat(accounts.principals.member(user, tenant))
        .contains(new Principal(user, null, email, null));
    accounts.change(mapper -> mapper.setUserActive(user, false));
    assertThat(accounts.principals.member(user, tenant)).isEmpty();
  }

  @Test
  void anInactiveUserAnEndedLoginAndAForeignOneAreNobody() {
    var other = accounts.register(UUID.randomUUID() + "@example.com");
    assertThat(accounts.principals.user(user, Accounts.session(other), tenant)).isEmpty();
    assertThat(accounts.principals.user(user, Ids.next(), tenant)).isEmpty();
    accounts.change(mapper -> mapper.setUserActive(user, false));
    assertThat(accounts.principals.user(user, session, tenant)).isEmpty();
    accounts.change(mapper -> mapper.setUserActive(user, true));
    accounts.sessions.logout(Accounts.caller(signedIn), null);
    assertThat(accounts.principals.user(user, session, tenant)).isEmpty();
  }

  @Test
  void aUserKeyIsAMemberOfItsTenantAlone() {
    var minted = accounts.apiKeys.create(Accounts.caller(signedIn), " ci ", ApiKey.Authority.USER);
    assertThat(minted.raw()).matches("lsk_[A-Za-z0-9_-]{43}").endsWith(minted.key().preview());
    assertThat(minted.key().preview()).hasSize(8);
    assertThat(minted.key().createdBy()).isEqualTo(user);
    assertThat(minted).asString().doesNotContain(minted.raw());

    var expected =
        new Principal(
            null, minted.key().id(), "ci", new Membership(tenant, Role.USER, false), user);
    var hash = SecretToken.hash(minted.raw());
    assertThat(accounts.principals.apiKey(hash, null)).contains(expected);
    assertThat(accounts.principals.apiKey(hash, tenant)).contains(expected);
    assertThat(accounts.principals.apiKey(hash, Ids.next()))
        .get()
        .extracting(Principal::membership)
        .isNull();
    assertThat(accounts.principals.apiKey(minted.raw(), null)).isEmpty();
    assertThat(accounts.events.about(minted.key().id()))
        .containsExactly(
            new AccountsEvent.ApiKeyCreated(
                tenant, minted.key().id(), "ci", ApiKey.Authority.USER, user));
  }

  @Test
  void aRevokedKeyIsNobodyAndAnInactiveTenantsKeyHasNoSeat() {
    var minted = accounts.apiKeys.create(Accounts.caller(signedIn), "ci", ApiKey.Authority.USER);
    accounts.change(mapper -> mapper.setTenantActive(tenant, false));
    assertThat(accounts.principals.apiKey(minted.key().hash(), null))
        .get()
        .extracting(Principal::membership)
        .isNull();
    accounts.change(mapper -> mapper.revokeKey(minted.key().id()));
    assertThat(accounts.principals.apiKey(minted.key().hash(), null)).isEmpty();
  }

  @Test
  void anAdminKeyBelongsToTheRootTenant() {
    accounts.bootstrap(
        Map.of("slipway.root.email", "root@localhost", "slipway.root.password", "Own-3r-of-all"));
    var root =
        Accounts.caller(
            accounts.logins.login("root@localhost", "Own-3r-of-all", null, Accounts.ORIGIN));
    var minted = accounts.apiKeys.create(root, "ops", ApiKey.Authority.ADMIN);
    assertThat(accounts.principals.apiKey(minted.key().hash(), null))
        .get()
        .extracting(Principal::membership)
        .isEqualTo(new Membership(root.tenantId(), Role.ADMIN, true));
    forbidden(Accounts.caller(signedIn), ApiKey.Authority.ADMIN);
  }

  @Test
  void aMemberMayNotMintKeys() {
    var owner = Accounts.caller(signedIn);
    var member =
        new Caller(
            user,
            null,
            session,
            "x",
            new Membership(owner.tenantId(), Role.USER, false),
            "request",
            "192.0.2.1");
    forbidden(member, ApiKey.Authority.USER);
  }

  static void forbidden(Caller caller, ApiKey.Authority authority) {
    assertThatThrownBy(() -> accounts.apiKeys.create(caller, "key", authority))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(CommonError.FORBIDDEN));
  }

  @Test
  void aKeyHasAName() {
    for (var name : new String[] {" ", "x".repeat(101)}) {
      assertThatThrownBy(
              () -> accounts.apiKeys.create(Accounts.caller(signedIn), name, ApiKey.Authority.USER))
          .isInstanceOfSatisfying(
              PlatformException.class,
              refusal -> assertThat(refusal.fields().getFirst().field()).isEqualTo("name"));
    }
  }
}
