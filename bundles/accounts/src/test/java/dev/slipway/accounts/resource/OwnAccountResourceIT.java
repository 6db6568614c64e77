package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnAccountResourceIT {
  static Answer erase(TestClient client, String body) {
    return client.send(
        "DELETE", "/api/auth/account", body.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  @Test
  void takesAlongAndErases() throws Exception {
    try (var accounts = new TestAccounts()) {
      var host = accounts.person();
      var guest = accounts.member(host, "user");
      var export = guest.client().get("/api/auth/account/export");
      assertThat(export.status()).isEqualTo(200);
      assertThat(export.at("/user/email")).isEqualTo(guest.email());
      assertThat(export.json().path("memberships")).hasSize(2);
      assertThat(export.json().path("messages")).hasSize(1);
      assertThat(export.text()).doesNotContainIgnoringCase("hash").doesNotContain("argon2");

      var good = "{\"password\":\"" + TestAccounts.PASSWORD + "\"}";
      assertThat(erase(host.client(), good).status()).as("owns the guest's tenant").isEqualTo(409);
      assertThat(erase(guest.client(), "{}").fields()).containsExactly("password");
      assertThat(erase(guest.client(), "{\"password\":\"Wrong-guess-77\"}").status())
          .isEqualTo(401);
      assertThat(erase(guest.client(), good).status()).isEqualTo(200);
      assertThat(guest.client().get("/api/auth/me").status()).isEqualTo(401);
      assertThat(accounts.login(guest.email(), TestAccounts.PASSWORD).status()).isEqualTo(401);
      assertThat(accounts.events("accounts.user.deleted", guest.id())).hasSize(1);
      assertThat(accounts.events("accounts.tenant.deleted", UUID.fromString(guest.tenant())))
          .hasSize(1);
      assertThat(host.inOwn().get("/api/tenant/members").json().path("members")).hasSize(1);
      assertThat(erase(host.client(), good).status()).as("alone again").isEqualTo(200);
    }
  }

  @Test
  void theRootOwnerStays() throws Exception {
    try (var accounts = new TestAccounts()) {
      accounts.root();
      var root = accounts.login("root@example.com", TestAccounts.PASSWORD);
      var client = accounts.platform.bearer(root.at("/accessToken"));
      assertThat(erase(client, "{\"password\":\"" + TestAccounts.PASSWORD + "\"}").status())
          .isEqualTo(403);
    }
  }
}
