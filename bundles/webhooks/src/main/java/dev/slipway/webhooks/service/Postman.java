package dev.slipway.webhooks.service;

import dev.slipway.api.PlatformException;
import dev.slipway.api.net.Egress;
import dev.slipway.webhooks.Attempt;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sends a delivery once and tells what came of it. */
@Component(service = Postman.class)
public final class Postman {
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Egress egress;
  private final SigningSecrets secrets;
  private final InstantSource clock;

  /** Made by the component runtime. */
  @Activate
  public Postman(@Reference Egress egress, @Reference SigningSecrets secrets) {
    this(egress, secrets, InstantSource.system());
  }

  Postman(Egress egress, SigningSecrets secrets, InstantSource clock) {
    this.egress = egress;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Now, as exactly as the database keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Returns after ten seconds at the latest. */
  Attempt send(Endpoint endpoint, Delivery delivery) throws InterruptedException {
    var at = now();
    var started = System.nanoTime();
    try {
      var answer = egress.send(request(endpoint, delivery, at));
      return new Attempt(
          at,
          answer.statusCode(),
          ResponseText.of(answer.body()),
          since(started),
          null,
          RetryAfter.of(answer.headers(), at));
    } catch (PlatformException refused) {
      return failed(at, started, refused.getMessage());
    } catch (HttpTimeoutException late) {
      return failed(at, started, "no answer within " + TIMEOUT.toSeconds() + " s");
    } catch (IOException broken) {
      // Its text may speak of our network.
      return failed(at, started, "no connection, or no proper answer");
    }
  }

  private HttpRequest request(Endpoint endpoint, Delivery delivery, Instant at) {
    var valid = secrets.valid(endpoint, at);
    var id = "msg_" + delivery.messageId();
    var body = delivery.payload();
    var request =
        HttpRequest.newBuilder(URI.create(endpoint.url()))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Slipway-Webhooks")
            .header("X-Webhook-Event", delivery.eventType())
            .header("X-Webhook-Signature", Signature.plain(valid.getFirst(), body))
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
            .header("webhook-signature", Signature.standard(valid, id, at.getEpochSecond(), body));
    if (delivery.test()) {
      request.header("X-Webhook-Test", "true");
    }
    return request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private static Attempt failed(Instant at, long started, String error) {
    return new Attempt(at, 0, "", since(started), error, null);
  }

  private static int since(long started) {
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
  }
}
