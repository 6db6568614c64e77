package dev.slipway.accounts.service.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenants;
import dev.slipway.accounts.service.Accounts;
import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.security.Principal;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tenants as the platform's operators change them, and their keys. */
class TenantServiceIT {
  static Accounts accounts;
  static Tenants tenants;
  static Caller root;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
    tenants = accounts.all.tenantService;
    accounts.bootstrap(
        Map.of("slipway.root.email", "root@localhost", "slipway.root.password", "Own-3r-of-all"));
    root =
        Accounts.caller(
            accounts.logins.login("root@localhost", "Own-3r-of-all", null, Accounts.ORIGIN));
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  @Test
  void showsTenantsWithTheirSizes() {
    var owner = accounts.register("size@example.com");
    var id = owner.seats().getFirst().tenantId();
    assertThat(tenants.list())
        .filteredOn(entry -> entry.tenant().id().equals(id))
        .singleElement()
        .satisfies(entry -> assertThat(entry.memberCount()).isOne());
    assertThat(tenants.count()).isEqualTo(tenants.list().size());
    assertThat(tenants.memberCount(id)).isOne();
    assertThat(tenants.owner(id)).map(Member::userId).contains(owner.user().id());
    assertThat(tenants.owner(UUID.randomUUID())).isEmpty();
    assertThatThrownBy(() -> tenants.require(UUID.randomUUID()))
        .isInstanceOf(PlatformException.class);
  }

  @Test
  void renames() {
    var id = accounts.register("rename@example.com").seats().getFirst().tenantId();
    assertThat(tenants.rename(root, id, " Åcme ").name()).isEqualTo("Åcme");
    assertThat(accounts.events.about(id)).contains(new AccountsEvent.TenantRenamed(id, "Åcme"));
    for (var bad : new String[] {"", "a\u202Eb", "x".repeat(201)}) {
      assertThatThrownBy(() -> tenants.rename(root, id, bad))
          .isInstanceOfSatisfying(
              PlatformException.class,
              refusal -> assertThat(refusal.fields().getFirst().field()).isEqualTo("name"));
    }
  }

  @Test
  void aTenantThatIsOffHasNoAccess() {
    var owner = accounts.register("off@example.com");
    var id = owner.seats().getFirst().tenantId();
    tenants.setActive(root, id, false);
    assertThat(accounts.forgotten.ids).contains(id);
    assertThat(accounts.principals.user(owner.user().id(), Accounts.session(owner), id))
        .get()
        .extracting(Principal::membership)
        .isNull();
    tenants.setActive(root, id, true);
    assertThat(accounts.events.about(id))
        .contains(
            new AccountsEvent.TenantDeactivated(id, "Ann Smith"),
            new AccountsEvent.TenantActivated(id, "Ann Smith"));
    assertThatThrownBy(() -> tenants.setActive(root, root.tenantId(), false))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(AccountsError.ROOT_TENANT_PROTECTED));
  }

  @Test
  void listsAndWithdrawsKeys() {
    var owner = Accounts.caller(accounts.register("keys@example.com"));
    var minted = accounts.apiKeys.create(owner, "ci", ApiKey.Authority.USER);
    assertThat(accounts.apiKeys.list(owner)).extracting(ApiKey::id).contains(minted.key().id());
    assertThat(accounts.apiKeys.list(owner).getFirst().lastUsedAt()).isNull();
    assertThat(accounts.principals.apiKey(minted.key().hash(), null)).isPresent();
    assertThat(accounts.apiKeys.list(owner).getFirst().lastUsedAt()).isNotNull();

    assertThatThrownBy(() -> accounts.apiKeys.revoke(root, minted.key().id()))
        .as("of another tenant")
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(AccountsError.API_KEY_NOT_FOUND));
    accounts.apiKeys.revoke(owner, minted.key().id());
    assertThat(accounts.forgotten.ids).contains(minted.key().id());
    assertThat(accounts.principals.apiKey(minted.key().hash(), null)).isEmpty();
    assertThat(accounts.apiKeys.list(owner)).isEmpty();
    assertThat(accounts.events.about(minted.key().id()))
        .contains(
            new AccountsEvent.ApiKeyRevoked(
                owner.tenantId(), minted.key().id(), "ci", owner.requireUser()));
  }
}
