package dev.slipway.accounts.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.slipway.api.net.Egress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Carries the library's requests through the egress guard. */
final class GuardedHttp {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The guard's client writes these itself. */
  private static final Set<String> OWN = Set.of("content-length", "host", "connection");

  private final Egress egress;
  private final Runnable count;

  /**
   * Tells about each call.
   *
   * @param count runs before the call
   */
  GuardedHttp(Egress egress, Runnable count) {
    this.egress = egress;
    this.count = count;
  }

  HTTPResponse send(HTTPRequest request) throws IOException {
    var body = request.getBody();
    var out =
        HttpRequest.newBuilder(request.getURI())
            .timeout(PATIENCE)
            .method(
                request.getMethod().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    request
        .getHeaderMap()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> out.header(name, value));
              }
            });
    return answer(out.build());
  }

  String get(URI uri) throws IOException {
    var answer =
        answer(
            HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .GET()
                .build());
    if (answer.getStatusCode() != 200) {
      throw new IOException(uri + " answered " + answer.getStatusCode());
    }
    return answer.getBody();
  }

  private HTTPResponse answer(HttpRequest request) throws IOException {
    count.run();
    try {
      var in = egress.send(request);
      var answer = new HTTPResponse(in.statusCode());
      in.headers()
          .map()
          .forEach((name, values) -> answer.setHeader(name, values.toArray(new String[0])));
      answer.setBody(new String(in.body(), StandardCharsets.UTF_8));
      return answer;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
