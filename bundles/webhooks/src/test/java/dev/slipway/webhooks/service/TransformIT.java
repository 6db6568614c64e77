package dev.slipway.webhooks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.webhooks.Delivery;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the scripts of a tenant make of its webhooks. */
class TransformIT {
  static WebhooksPlatform feature;

  @BeforeAll
  static void start() {
    feature = new WebhooksPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  /** Scripts whose runs come out as the test says. */
  private static final class Decided implements Scripts {
    final AtomicReference<Map<String, @Nullable Object>> event = new AtomicReference<>();
    private final List<ScriptRun> runs;

    Decided(ScriptRun... runs) {
      this.runs = List.of(runs);
    }

    @Override
    public boolean attached(UUID tenantId, String hook) {
      return tenantId.equals(feature.root) && hook.equals(Transform.HOOK);
    }

    @Override
    public List<ScriptRun> run(
        UUID tenantId, String hook, Map<String, @Nullable Object> given, ScriptTrigger trigger) {
      event.set(given);
      return runs;
    }

    @Override
    public ScriptRun runOne(
        UUID tenantId, UUID scriptId, Map<String, @Nullable Object> given, ScriptTrigger trigger) {
      throw new UnsupportedOperationException();
    }
  }

  private static ScriptRun returned(@Nullable Object result) {
    return new ScriptRun(Ids.next(), Ids.next(), "mine", Status.SUCCEEDED, result, null);
  }

  private static ScriptRun failed() {
    return new ScriptRun(
        Ids.next(), Ids.next(), "mine", Status.TIMED_OUT, null, ScriptFault.of("too slow"));
  }

  @AfterEach
  void withoutScripts() {
    feature.transform.bindScripts(new Decided());
  }

  private static Delivery delivered(Receiver receiver, Decided scripts) {
    feature.transform.bindScripts(scripts);
    var id = feature.webhook(receiver.url(), "tenant.created").webhook().id();
    feature.intake.on(WebhooksPlatform.tenantCreated("Shop"));
    feature.delivering(() -> feature.settled(id));
    return feature.only(id);
  }

  @Test
  void sendsWhatTheScriptReturns() throws Exception {
    try (var receiver = new Receiver(message -> Receiver.Reply.of(200))) {
      var scripts = new Decided(failed(), returned(Map.of("text", "hello")));
      var delivery = delivered(receiver, scripts);
      assertThat(delivery.status()).isEqualTo(Delivery.Status.SUCCEEDED);
      assertThat(receiver.received())
          .singleElement()
          .satisfies(message -> assertThat(message.body()).isEqualTo("{\"text\":\"hello\"}"));
      assertThat(scripts.event.get())
          .containsEntry("event_type", "tenant.created")
          .containsKeys("webhook_id", "url", "payload");
    }
  }

  @Test
  void sendsWhatWasQueuedWhereTheScriptFails() throws Exception {
    try (var receiver = new Receiver(message -> Receiver.Reply.of(200))) {
      var delivery = delivered(receiver, new Decided(failed()));
      assertThat(receiver.received())
          .singleElement()
          .satisfies(message -> assertThat(message.body()).isEqualTo(delivery.payload()));
    }
  }

  @Test
  void sendsNothingThatAScriptDrops() throws Exception {
    try (var receiver = new Receiver(message -> Receiver.Reply.of(200))) {
      var delivery = delivered(receiver, new Decided(returned(null)));
      assertThat(receiver.received()).isEmpty();
      assertThat(delivery.status()).isEqualTo(Delivery.Status.FAILED);
      assertThat(delivery.attempts())
          .singleElement()
          .satisfies(
              attempt ->
                  assertThat(attempt.get("error"))
                      .asString()
                      .contains("dropped by")
                      .contains("mine"));
    }
  }
}
