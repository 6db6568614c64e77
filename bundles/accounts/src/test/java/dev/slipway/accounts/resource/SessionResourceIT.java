package dev.slipway.accounts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.service.TestMapper;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionResourceIT {
  @Test
  void showsWhereEachLoginIsUsedFromAndWhen() throws Exception {
    try (var accounts = new TestAccounts()) {
      var person = accounts.person();
      var body = Map.of("email", person.email(), "password", TestAccounts.PASSWORD);
      var agent = "Browser/1.0\t(\u0085\u009b) " + "x".repeat(1000);
      var login =
          accounts.platform.anonymous().with("User-Agent", agent).post("/api/auth/login", body);
      var client = accounts.platform.bearer(login.at("/accessToken"));
      accounts.db.write(
          TestAccounts.PLATFORM,
          () -> accounts.db.mapper(TestMapper.class).idleSessions(person.id()));
      accounts.platform.principalCache().forget(person.id());

      var list = client.get("/api/auth/sessions").json().path("sessions");
      assertThat(list).hasSize(2);
      var own = list.get(0);
      assertThat(own.path("isCurrent").asBoolean()).as("used last").isTrue();
      assertThat(own.path("ipAddress").asText()).isEqualTo("127.0.0.1");
      assertThat(own.path("userAgent").asText())
          .startsWith("Browser/1.0 (")
          .endsWith("xxx")
          .hasSizeLessThanOrEqualTo(300)
          .matches("\\P{Cc}*");
      var other = list.get(1);
      assertThat(other.path("userAgent").asText()).startsWith("Java-http-client");
      assertThat(Instant.parse(own.path("lastActiveAt").asText()))
          .isAfter(Instant.parse(other.path("lastActiveAt").asText()))
          .isAfterOrEqualTo(Instant.parse(own.path("createdAt").asText()));
    }
  }

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
