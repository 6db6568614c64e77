package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

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
  static TestAccounts accounts;
  static TestPlatform platform;

  @BeforeAll
  static void start() {
    accounts = new TestAccounts();
    accounts.root();
    platform = accounts.platform;
  }

  @AfterAll
  static void stop() throws Exception {
    accounts.close();
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
        anyone.post(
            "/api/auth/login",
            Map.of("email", "root@example.com", "password", TestAccounts.PASSWORD));
    var stranger =
        anyone.post(
            "/api/auth/register",
            Map.of(
                "email",
                "ann@example.com",
                "password",
                TestAccounts.PASSWORD,
                "displayName",
                "Ann"));
    return platform
        .contract(new Callers(anyone, signedIn(owner), signedIn(stranger), null))
        .features("accounts")
        .tests();
  }
}
