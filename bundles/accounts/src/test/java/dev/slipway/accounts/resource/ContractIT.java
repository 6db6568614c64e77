package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.service.AccountService;
import dev.slipway.accounts.service.LoginService;
import dev.slipway.accounts.service.Principals;
import dev.slipway.accounts.service.RegistrationService;
import dev.slipway.accounts.service.RootBootstrap;
import dev.slipway.accounts.service.SessionService;
import dev.slipway.accounts.service.TokenIssuer;
import dev.slipway.accounts.store.PrincipalStore;
import dev.slipway.accounts.store.SessionStore;
import dev.slipway.accounts.store.TenantStore;
import dev.slipway.accounts.store.UserStore;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import dev.slipway.testkit.contract.Callers;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, over accounts, with people who really signed in. */
class ContractIT {
  private static final String PASSWORD = "Own-3r-of-all";
  static TestPlatform platform;

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.facts().set("slipway.root.email", "root@localhost");
    platform.facts().set("slipway.root.password", PASSWORD);
    var db = platform.database("accounts", AuthResource.class.getClassLoader());
    var users = new UserStore(db);
    var tenants = new TenantStore(db);
    var sessions = new SessionStore(db);
    var passwords = platform.passwords();
    var issuer = new TokenIssuer(sessions, tenants, platform.tokens());
    var accounts = new AccountService(db, users, tenants);
    platform.principals(new Principals(db, new PrincipalStore(db)));
    new RootBootstrap(db, users, tenants, passwords, platform.events(), platform.facts());
    platform.register(
        new AuthResource(
            new RegistrationService(db, users, tenants, passwords, platform.events(), issuer),
            new LoginService(db, users, passwords, issuer),
            new SessionService(db, sessions, users, issuer, platform.principalCache()),
            accounts),
        new MemberResource(accounts),
        new BootstrapResource(accounts));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  private static TestClient signedIn(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    return platform
        .bearer(answer.at("/accessToken"))
        .with("X-Tenant-ID", answer.at("/memberships/0/tenantId"));
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    var anyone = platform.anonymous();
    var owner =
        anyone.post("/api/auth/login", Map.of("email", "root@localhost", "password", PASSWORD));
    var stranger =
        anyone.post(
            "/api/auth/register",
            Map.of("email", "ann@example.com", "password", PASSWORD, "displayName", "Ann"));
    return platform
        .contract(new Callers(anyone, signedIn(owner), signedIn(stranger), null))
        .features("accounts")
        .tests();
  }
}
