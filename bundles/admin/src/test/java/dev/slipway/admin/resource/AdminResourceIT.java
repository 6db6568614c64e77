package dev.slipway.admin.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.mail.MailHeld;
import dev.slipway.api.platform.Problems;
import dev.slipway.testkit.Postgres;
import dev.slipway.testkit.TestClient;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdminResourceIT {
  static TestAdmin feature;
  static TestClient admin;

  @BeforeAll
  static void start() {
    feature = new TestAdmin();
    admin = feature.admin();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @Test
  void aVariableIsInForceAtOnce() {
    var made =
        admin.post(
            "/api/admin/config",
            Map.of("name", "app.size", "type", "numeric", "value", "3", "description", "d"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("isSystem").asBoolean()).isFalse();
    await(() -> feature.live.number("app.size").filter(n -> n.intValue() == 3).isPresent());
    var set = admin.put("/api/admin/config/app.size", Map.of("value", "7"));
    assertThat(set.status()).isEqualTo(200);
    assertThat(feature.platform.auditDetails(set.header("X-Request-ID").orElseThrow()))
        .contains("before", "\"3\"", "after", "\"7\"");
    await(() -> feature.live.number("app.size").filter(n -> n.intValue() == 7).isPresent());
    var bad = admin.put("/api/admin/config/app.size", Map.of("value", "many"));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.fields()).containsExactly("value");
    var again = Map.of("name", "app.size", "type", "string", "value", "");
    assertThat(admin.post("/api/admin/config", again).status()).isEqualTo(409);
    assertThat(admin.delete("/api/admin/config/app.size").status()).isEqualTo(200);
    assertThat(admin.get("/api/admin/config/app.size").status()).isEqualTo(404);
    await(() -> feature.live.text("app.size").isEmpty());
  }

  @Test
  void eventsAndProblemsStandInTheLog() throws Exception {
    var message = Ids.next();
    var link = "https://app.example.com/verify?token=abcdefghijkl";
    var sealed = feature.platform.secrets().seal(null, MailHeld.place(message), link);
    var held = new MailHeld(message, "ann@example.com", "Verify your address", sealed);
    feature.db.run(Scope.platform("test"), () -> feature.platform.events().publish(held));
    var events =
        feature
            .platform
            .events()
            .after(Scope.platform("test"), EventFilter.subject(message), null, 10);
    for (var event : events) {
      feature.logging.on(event);
      feature.logging.on(event);
    }
    var found = admin.get("/api/admin/logs?search=verify%20address");
    assertThat(found.at("/total")).isEqualTo("1");
    assertThat(found.at("/logs/0/metadata/link")).isEqualTo(link);
    assertThat(found.text()).doesNotContain(sealed);
    var seen = found.header("X-Request-ID").orElseThrow();
    assertThat(feature.platform.audited(seen)).containsExactly("admin.log.list");
    assertThat(feature.platform.auditDetails(seen))
        .contains("links_of_mails", message.toString())
        .doesNotContain(link);

    feature.problems.add(
        new Problems.Problem(
            1, Instant.now(), true, "dev.x", "the disk is full", "IOException: x"));
    feature.sampler.report();
    var high = admin.get("/api/admin/logs?severity=high,critical");
    assertThat(high.at("/logs/0/message")).isEqualTo("the disk is full");
    assertThat(admin.get("/api/admin/logs?severity=loud").fields()).containsExactly("severity");
    var none = admin.get("/api/admin/logs?search=nowhere");
    assertThat(none.at("/total")).isEqualTo("0");
    assertThat(feature.platform.audited(none.header("X-Request-ID").orElseThrow())).isEmpty();
  }

  /** As the platform's mail says it. */
  record Failed(UUID messageId, String recipient, String subject, int attempts, String error)
      implements DomainEvent {
    @Override
    public String type() {
      return "mail.message.failed";
    }

    @Override
    public @Nullable UUID tenantId() {
      return null;
    }

    @Override
    public UUID subjectId() {
      return messageId;
    }
  }

  @Test
  void mailThatWasGivenUpStandsInTheLogWithTheReason() {
    var reason = "550 5.1.1 no such user";
    var failed = new Failed(Ids.next(), "gone@example.com", "Reset your password", 1, reason);
    feature.db.run(Scope.platform("test"), () -> feature.platform.events().publish(failed));
    var stored =
        feature
            .platform
            .events()
            .after(Scope.platform("test"), feature.logging.filter(), null, 100)
            .stream()
            .filter(event -> event.subjectId().equals(failed.messageId()))
            .toList();
    assertThat(stored).as("the log listens to it").hasSize(1);
    feature.logging.on(stored.getFirst());
    var found = admin.get("/api/admin/logs?search=no%20such%20user");
    assertThat(found.at("/logs/0/message"))
        .isEqualTo("Message failed: Reset your password — " + reason);
    assertThat(found.at("/logs/0/severity")).isEqualTo("high");
    assertThat(found.at("/logs/0/metadata/recipient")).isEqualTo("gone@example.com");
  }

  @Test
  void aNodeTellsWhatItDoes() {
    feature.sampler.sample();
    feature.requests.addAndGet(90);
    feature.sampler.sample();
    var nodes = admin.get("/api/admin/health/nodes").json().path("nodes");
    assertThat(nodes).hasSize(1);
    assertThat(nodes.path(0).path("status").asText()).isEqualTo("active");
    var id = nodes.path(0).path("id").asText();
    var load = admin.get("/api/admin/health/metrics?range=1h&node=" + id).json().path("metrics");
    assertThat(load).isNotEmpty();
    assertThat(load.findValuesAsText("requestsPerMin"))
        .anySatisfy(rate -> assertThat(Double.parseDouble(rate)).isPositive());
    assertThat(load.findValuesAsText("avgLatencyMs"))
        .anySatisfy(millis -> assertThat(Double.parseDouble(millis)).isEqualTo(1.0));
    assertThat(admin.get("/api/admin/health/metrics?node=" + Ids.next()).status()).isEqualTo(404);
    assertThat(admin.get("/api/admin/health/metrics?range=2h").fields()).containsExactly("range");
    assertThat(admin.get("/api/admin/health/current").json().path("metrics")).hasSize(1);
    var integrations = admin.get("/api/admin/health/integrations").json().path("integrations");
    assertThat(integrations.path(0).path("name").asText()).isEqualTo("postgresql");
    assertThat(integrations.path(0).path("status").asText()).isEqualTo("healthy");
  }

  @Test
  void theAuditShowsAnyChangeOfWhatWasSealed() throws Exception {
    for (var name : new String[] {"a1", "a2", "a3"}) {
      admin.post("/api/admin/config", Map.of("name", name, "type", "string", "value", "x"));
    }
    feature.sealer.run();
    var create = "/api/admin/audit?action=admin.config.create&limit=2";
    var first = admin.get(create);
    assertThat(first.json().path("entries")).hasSize(2);
    assertThat(first.at("/entries/0/hash")).hasSize(64);
    var rest = admin.get(create + "&cursor=" + first.at("/nextCursor"));
    assertThat(rest.at("/entries/0/id")).isNotEqualTo(first.at("/entries/1/id"));
    assertThat(admin.get("/api/admin/audit/export").text().lines())
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
    assertThat(admin.get("/api/admin/audit/verification").at("/intact")).isEqualTo("true");

    var changed = first.at("/entries/1/id");
    try (var owner = Postgres.owner(feature.platform.store());
        var update = owner.prepareStatement("update security_audit set actor = 'x' where id = ?")) {
      update.setObject(1, UUID.fromString(changed));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
    var broken = admin.get("/api/admin/audit/verification");
    assertThat(broken.at("/intact")).isEqualTo("false");
    assertThat(broken.at("/firstBroken")).isEqualTo(changed);
  }

  @Test
  void nobodyElseComesIn() {
    var member = feature.platform.as(Ids.next(), Role.OWNER);
    for (var path : new String[] {"config", "logs", "audit", "health/nodes"}) {
      assertThat(member.get("/api/admin/" + path).status()).isEqualTo(403);
    }
  }

  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
