package dev.slipway.billing.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.net.Webhook;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;

/** Something that happened at Stripe, and the webhook that tells it. */
public record FakeEvent(String id, String type, String object, Map<String, Object> state) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The body of the webhook. */
  public byte[] body() {
    try {
      return JSON.writeValueAsBytes(
          Map.of(
              "id",
              id,
              "object",
              "event",
              "type",
              type,
              "created",
              Instant.now().getEpochSecond(),
              "data",
              Map.of("object", state)));
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Sends it, signed now. */
  public Answer sendTo(TestClient client) {
    var body = body();
    return send(client, body, signature(body, Instant.now(), FakeStripe.WEBHOOK_SECRET));
  }

  /** Sends a body with a signature, whether they fit or not. */
  public static Answer send(TestClient client, byte[] body, String signature) {
    return client
        .with("Stripe-Signature", signature)
        .send("POST", "/api/billing/webhook", body, "application/json; charset=utf-8");
  }

  /** Stripe's signature over a body. */
  public static String signature(byte[] body, Instant at, String secret) {
    try {
      return Webhook.Signature.generateSignatureHeader(
          new String(body, StandardCharsets.UTF_8), secret, at.getEpochSecond());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
