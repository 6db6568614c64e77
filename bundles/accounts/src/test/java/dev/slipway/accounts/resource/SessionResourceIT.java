package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionResourceIT {
  @Test
  void listsAndEndsOwnLogins() throws Exception {
    try (var accounts = new TestAccounts()) {
      var person = accounts.person();
      var other = accounts.login(person.email(), TestAccounts.PASSWORD);
      var third = accounts.login(person.email(), TestAccounts.PASSWORD);
      var list = person.client().get("/api/auth/sessions").json().path("sessions");
      assertThat(list).hasSize(3);
      assertThat(list.findValuesAsText("isCurrent")).containsOnlyOnce("true");
      var foreign = accounts.person();
      var own = foreign.client().get("/api/auth/sessions").at("/sessions/0/id");
      assertThat(person.client().delete("/api/auth/sessions/" + own).status()).isEqualTo(404);
      assertThat(person.client().delete("/api/auth/sessions/" + UUID.randomUUID()).status())
          .isEqualTo(404);

      var otherClient = accounts.platform.bearer(other.at("/accessToken"));
      var current =
          java.util.stream.StreamSupport.stream(
                  otherClient.get("/api/auth/sessions").json().path("sessions").spliterator(),
                  false)
              .filter(session -> session.path("isCurrent").asBoolean())
              .findFirst()
              .orElseThrow()
              .path("id")
              .asText();
      assertThat(person.client().delete("/api/auth/sessions/" + current).status()).isEqualTo(200);
      assertThat(otherClient.get("/api/auth/me").status()).isEqualTo(401);
      assertThat(person.client().delete("/api/auth/sessions").status()).isEqualTo(200);
      assertThat(accounts.platform.bearer(third.at("/accessToken")).get("/api/auth/me").status())
          .isEqualTo(401);
      assertThat(person.client().get("/api/auth/me").status()).isEqualTo(200);
    }
  }
}
