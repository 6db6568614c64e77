package dev.slipway.webhooks.service;

import static dev.slipway.webhooks.service.WebhooksPlatform.tenantCreated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.webhooks.Delivery.Status;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.service.Receiver.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CourierIT {
  static WebhooksPlatform feature;
  Courier courier;

  @BeforeAll
  static void start() {
    feature = new WebhooksPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void deliver() {
    courier = feature.courier();
  }

  /** Whatever a test leaves waiting must not be heard by the next. */
  @AfterEach
  void end() {
    courier.close();
    var admin = feature.admin();
    feature
        .endpoints
        .list(admin, Family.ADMIN, 500, 0)
        .webhooks()
        .forEach(webhook -> feature.endpoints.delete(admin, Family.ADMIN, webhook.id()));
  }

  UUID webhook(String url) {
    return feature.webhook(url, "tenant.created").webhook().id();
  }

  void happens(String name) {
    feature.intake.on(tenantCreated(name));
  }

  void later(Duration by) {
    feature.advance(by);
    courier.wake();
  }

  @Test
  void aStandardVerifierAcceptsWhatComes() throws Exception {
    try (var receiver = Receiver.willing()) {
      var shown = feature.webhook(receiver.url(), "tenant.created");
      happens("Ünï ✓");
      var got = receiver.await(1).getFirst();

      var secret = Objects.requireNonNull(shown.secret());
      var now = feature.clock.instant();
      assertThat(new StandardVerifier(secret).accepts(got, now)).isTrue();
      assertThat(new StandardVerifier(feature.secrets.create()).accepts(got, now)).isFalse();
      assertThat(new StandardVerifier(secret).accepts(got, now.plus(Duration.ofHours(1))))
          .isFalse();
      assertThat(got.header("X-Webhook-Signature")).isEqualTo(Signature.plain(secret, got.body()));
      assertThat(got.header("X-Webhook-Event")).isEqualTo("tenant.created");
      assertThat(got.header("X-Webhook-Test")).isEmpty();
      assertThat(got.header("Content-Type")).isEqualTo("application/json");
      assertThat(got.body()).contains("\"tenantName\":\"Ünï ✓\"");

      var delivery = feature.attempted(shown.webhook().id(), 1);
      assertThat(delivery.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(delivery.responseCode()).isEqualTo(200);
      assertThat(delivery.retryCount()).isZero();
      assertThat(delivery.maxRetries()).isEqualTo(3);
      assertThat(got.header("webhook-id")).isEqualTo("msg_" + delivery.messageId());
    }
  }

  @Test
  void aFailureIsTriedAgainSoonAndThenForDays() throws Exception {
    try (var receiver = new Receiver(request -> Reply.text(500, "broken"))) {
      var id = webhook(receiver.url());
      happens("a");
      var waits = List.of(1L, 5L, 30L, 120L, 300L, 600L, 840L, 1200L, 1440L, 1440L);
      for (var made = 0; made < waits.size(); made++) {
        var delivery = feature.attempted(id, made + 1);
        assertThat(delivery.status()).isEqualTo(Status.PENDING);
        assertThat(delivery.retryCount()).isEqualTo(made);
        assertThat(delivery.maxRetries()).isEqualTo(made < 3 ? 3 : 10);
        assertThat(delivery.responseBody()).isEqualTo("broken");
        var planned = Duration.ofMinutes(waits.get(made));
        var last = Instant.parse((String) delivery.attempts().getLast().get("at"));
        assertThat(delivery.nextAttemptAt())
            .isBetween(
                last.plus(planned),
                last.plusMillis(delivery.durationMs())
                    .plus(planned.multipliedBy(11).dividedBy(10)));
        later(planned.multipliedBy(11).dividedBy(10).plusSeconds(1));
      }
      var given = feature.attempted(id, 11);
      assertThat(given.status()).isEqualTo(Status.FAILED);
      assertThat(given.retryCount()).isEqualTo(10);
      assertThat(given.nextAttemptAt()).isNull();
      assertThat(receiver.received().stream().map(got -> got.header("webhook-id")).distinct())
          .hasSize(1);
      assertThat(feature.queued(id)).isZero();
    }
  }

  @Test
  void aFailingDeliveryHoldsBackItsOwnEndpointOnly() throws Exception {
    var broken = new AtomicInteger(1);
    try (var failing = new Receiver(r -> Reply.of(broken.getAndDecrement() > 0 ? 500 : 200));
        var willing = Receiver.willing()) {
      var held = webhook(failing.url());
      webhook(willing.url());
      List.of("a", "b", "c").forEach(this::happens);
      willing.await(3);
      Eventually.holds(
          () -> feature.deliveries(held).getFirst().attempts().size() == 1, () -> "no attempt");
      assertThat(failing.count()).isEqualTo(1);

      later(Duration.ofSeconds(70));
      assertThat(failing.await(4))
          .extracting(got -> got.body().replaceAll(".*\"tenantName\":\"(.)\".*", "$1"))
          .containsExactly("a", "a", "b", "c");
    }
  }

  @Test
  void goneSwitchesTheWebhookOffUntilItIsEdited() throws Exception {
    var answers = new AtomicInteger(410);
    try (var receiver = new Receiver(request -> Reply.of(answers.get()))) {
      var id = webhook(receiver.url());
      happens("a");
      Eventually.holds(
          () -> !feature.endpoints.get(feature.admin(), Family.ADMIN, id).webhook().enabled(),
          () -> "still enabled");
      assertThat(feature.attempted(id, 1).status()).isEqualTo(Status.FAILED);
      happens("while it is off");
      assertThat(feature.deliveries(id)).hasSize(1);
      Eventually.holds(
          () ->
              feature
                  .said(id)
                  .equals(List.of("webhooks.webhook.created", "webhooks.webhook.switched_off")),
          () -> feature.said(id).toString());

      answers.set(200);
      feature.endpoints.update(
          feature.admin(),
          Family.ADMIN,
          id,
          old -> new EndpointDraft("hook", "", old.url(), old.events(), null, true));
      happens("b");
      assertThat(receiver.await(2).getLast().body()).contains("\"tenantName\":\"b\"");
    }
  }

  @Test
  void retryAfterIsHonouredWithinBounds() throws Exception {
    var wish = new AtomicInteger(7200);
    try (var receiver =
        new Receiver(request -> Reply.of(429, "Retry-After", Integer.toString(wish.get())))) {
      var id = webhook(receiver.url());
      happens("a");
      var first = feature.attempted(id, 1);
      var at = Instant.parse((String) first.attempts().getLast().get("at"));
      assertThat(first.nextAttemptAt())
          .isBetween(at.plusSeconds(7200), at.plusMillis(first.durationMs()).plusSeconds(7200));

      wish.set(999_999_999);
      later(Duration.ofSeconds(7201));
      var second = feature.attempted(id, 2);
      var again = Instant.parse((String) second.attempts().getLast().get("at"));
      assertThat(second.nextAttemptAt())
          .isBefore(again.plusMillis(second.durationMs()).plus(Duration.ofHours(25)));
    }
  }

  @Test
  void whoeverCanNotKeepUpGetsLessAtATime() throws Exception {
    var first = new AtomicInteger(1);
    try (var receiver = new Receiver(r -> Reply.of(first.getAndDecrement() > 0 ? 502 : 200))) {
      var id = webhook(receiver.url());
      List.of("a", "b").forEach(this::happens);
      Eventually.holds(
          () -> feature.deliveries(id).getFirst().attempts().size() == 1, () -> "no attempt");
      later(Duration.ofSeconds(70));
      // It halves from one second to none, so the next follows at once; the pause itself is the
      // plan's test.
      assertThat(receiver.await(3)).hasSize(3);
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (var trap = Receiver.willing();
        var receiver = new Receiver(request -> Reply.of(302, "Location", trap.url()))) {
      var id = webhook(receiver.url());
      happens("a");
      var delivery = feature.attempted(id, 1);
      assertThat(delivery.responseCode()).isEqualTo(302);
      assertThat(delivery.status()).isEqualTo(Status.PENDING);
      assertThat(trap.count()).isZero();
    }
  }

  @Test
  void whatWaitsForAGoneTenantIsNeverSent() throws Exception {
    try (var receiver = new Receiver(request -> Reply.text(503, "later"));
        var willing = Receiver.willing()) {
      var id = webhook(receiver.url());
      happens("a");
      feature.attempted(id, 1);
      new OwnerWatch(feature.database)
          .on(WebhooksPlatform.event("accounts.tenant.deleted", null, feature.root, Map.of()));
      webhook(willing.url());
      happens("b");
      later(Duration.ofHours(1));
      willing.await(1);
      assertThat(feature.deliveries(id)).hasSize(1);
      assertThat(receiver.count()).isEqualTo(1);
    }
  }

  @Test
  void ofAHugeAnswerLittleIsKept() throws Exception {
    var huge = "é\0".repeat(1_000_000);
    try (var receiver = new Receiver(request -> Reply.text(200, huge))) {
      var id = webhook(receiver.url());
      happens("a");
      var delivery = feature.attempted(id, 1);
      assertThat(delivery.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(delivery.responseBody().getBytes(StandardCharsets.UTF_8).length)
          .isBetween(4000, 4096);
    }
  }

  @Test
  void neitherADeadNorASilentReceiverHoldsUpTheOthers() throws Exception {
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      closed = socket.getLocalPort();
    }
    try (var silent = new Receiver(request -> Reply.never());
        var willing = Receiver.willing()) {
      var dead = webhook("http://127.0.0.1:" + closed + "/");
      var mute = webhook(silent.url());
      webhook(willing.url());
      List.of("a", "b", "c").forEach(this::happens);
      willing.await(3);
      assertThat(feature.deliveries(mute).getFirst().attempts()).isEmpty();
      Eventually.holds(
          () -> feature.deliveries(mute).getFirst().attempts().size() == 1, () -> "no attempt");
      assertThat(feature.deliveries(mute).getFirst().responseCode()).isZero();
      assertThat(feature.deliveries(mute).getFirst().attempts().getFirst().get("error"))
          .isEqualTo("no answer within 10 s");
      var refused = feature.deliveries(dead).getFirst();
      assertThat(refused.responseCode()).isZero();
      assertThat(refused.attempts().getFirst().get("error")).isNotNull();
    }
  }

  @Test
  void bothSecretsSignWhileOneReplacesTheOther() throws Exception {
    try (var receiver = Receiver.willing()) {
      var shown = feature.webhook(receiver.url(), "tenant.created");
      var id = shown.webhook().id();
      var old = new StandardVerifier(Objects.requireNonNull(shown.secret()));
      var grace = Duration.ofHours(1);
      var secret = feature.endpoints.rotate(feature.admin(), Family.ADMIN, id, grace);
      happens("a");
      var during = receiver.await(1).getLast();
      assertThat(old.accepts(during, feature.clock.instant())).isTrue();
      assertThat(new StandardVerifier(secret).accepts(during, feature.clock.instant())).isTrue();

      feature.settled(id);
      feature.advance(grace.plusSeconds(1));
      happens("b");
      var after = receiver.await(2).getLast();
      assertThat(old.accepts(after, feature.clock.instant())).isFalse();
      assertThat(new StandardVerifier(secret).accepts(after, feature.clock.instant())).isTrue();

      var third = feature.endpoints.rotate(feature.admin(), Family.ADMIN, id, Duration.ZERO);
      happens("c");
      var last = receiver.await(3).getLast();
      assertThat(new StandardVerifier(secret).accepts(last, feature.clock.instant())).isFalse();
      assertThat(new StandardVerifier(third).accepts(last, feature.clock.instant())).isTrue();
    }
  }

  @Test
  void whatIsPausedWaitsAndGoesOn() throws Exception {
    try (var receiver = Receiver.willing()) {
      courier.close();
      var id = webhook(receiver.url());
      happens("a");
      pause(id, true);
      courier = feature.courier();
      assertThat(feature.deliveries(id).getFirst().status()).isEqualTo(Status.PENDING);
      happens("not heard");
      assertThat(feature.deliveries(id)).hasSize(1);
      pause(id, false);
      courier.wake();
      assertThat(receiver.await(1).getFirst().body()).contains("\"tenantName\":\"a\"");
    }
  }

  private void pause(UUID id, boolean paused) {
    feature.endpoints.update(
        feature.admin(),
        Family.ADMIN,
        id,
        old -> new EndpointDraft(old.name(), "", old.url(), old.events(), null, !paused));
  }

  @Test
  void aReplayIsSentAgainUnderTheSameMessageId() throws Exception {
    try (var receiver = Receiver.willing()) {
      var id = webhook(receiver.url());
      happens("a");
      receiver.await(1);
      Eventually.holds(
          () -> feature.only(id).status() == Status.SUCCEEDED, () -> "never succeeded");
      var replayed =
          feature.deliveries.replay(feature.admin(), Family.ADMIN, id, feature.only(id).id());
      assertThat(replayed.status()).isEqualTo(Status.PENDING);
      var both = receiver.await(2);
      assertThat(both.get(1).body()).isEqualTo(both.get(0).body());
      assertThat(both.get(1).header("webhook-id")).isEqualTo(both.get(0).header("webhook-id"));
    }
  }
}
