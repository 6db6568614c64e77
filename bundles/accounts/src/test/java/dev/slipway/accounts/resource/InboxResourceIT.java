package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InboxResourceIT {
  @Test
  void messagesBelongToOneUser() throws Exception {
    try (var accounts = new TestAccounts()) {
      var host = accounts.person();
      var guest = accounts.member(host, "user");
      assertThat(guest.client().get("/api/messages/unread-count").json().path("count").asInt())
          .isOne();
      var list = guest.client().get("/api/messages");
      assertThat(list.json().at("/messages/0").properties())
          .extracting(Map.Entry::getKey)
          .containsExactlyInAnyOrder(
              "id", "userId", "type", "title", "body", "isRead", "createdAt");
      var path = "/api/messages/" + list.at("/messages/0/id") + "/read";
      assertThat(host.client().patch(path, Map.of()).status()).isEqualTo(404);
      assertThat(guest.client().patch(path, Map.of()).status()).isEqualTo(200);
      assertThat(guest.client().patch(path, Map.of()).status()).isEqualTo(200);
      assertThat(guest.client().get("/api/messages/unread-count").json().path("count").asInt())
          .isZero();
      assertThat(
              guest
                  .client()
                  .patch("/api/messages/" + UUID.randomUUID() + "/read", Map.of())
                  .status())
          .isEqualTo(404);
      assertThat(accounts.platform.anonymous().get("/api/messages").status()).isEqualTo(401);
    }
  }
}
