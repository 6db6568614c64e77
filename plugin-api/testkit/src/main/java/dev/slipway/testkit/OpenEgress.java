package dev.slipway.testkit;

import dev.slipway.api.net.Egress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Outgoing HTTP for tests: reaches this machine alone, where the platform's reaches others alone.
 */
final class OpenEgress implements Egress {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  @Override
  public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    check("url", request.uri().toString());
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void check(String field, String url) {
    if (!"127.0.0.1".equals(URI.create(url).getHost())) {
      throw new AssertionError("a test reaches for " + url);
    }
  }
}
