package dev.slipway.billing.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import dev.slipway.api.PlatformException;
import dev.slipway.api.net.Egress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Sends the library's requests under the platform's rules for outgoing HTTP. */
final class EgressClient extends HttpClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<String> SET_BY_CLIENT =
      Set.of("host", "connection", "content-length", "expect", "upgrade", "content-type");

  private final Egress egress;
  private final Runnable count;

  /**
   * A client that tells about each call.
   *
   * @param count runs before the call
   */
  EgressClient(Egress egress, Runnable count) {
    this.egress = egress;
    this.count = count;
  }

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    count.run();
    try {
      var answer = egress.send(translate(request));
      return new StripeResponse(
          answer.statusCode(),
          HttpHeaders.of(answer.headers().map()),
          new String(answer.body(), StandardCharsets.UTF_8));
    } catch (IOException | PlatformException failure) {
      throw new ApiConnectionException("Stripe was not reached", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ApiConnectionException("interrupted", interrupted);
    }
  }

  private static HttpRequest translate(StripeRequest request) {
    var builder = HttpRequest.newBuilder(URI.create(request.url().toString())).timeout(PATIENCE);
    request
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    builder.setHeader("User-Agent", buildUserAgentString(request));
    var content = request.content();
    if (content == null) {
      return builder.method(request.method().name(), HttpRequest.BodyPublishers.noBody()).build();
    }
    builder.header("Content-Type", content.contentType());
    return builder
        .method(
            request.method().name(),
            HttpRequest.BodyPublishers.ofByteArray(content.byteArrayContent()))
        .build();
  }
}
