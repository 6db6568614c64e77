package dev.slipway.agent.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The few HTTP calls that an agent makes. Thread-safe. */
public final class PlatformApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(60);
  private static final long MOST_ANSWER = 1 << 20;
  private static final long MOST_SCRIPT = 10 << 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT)
          .build();

  /** A status and the JSON that came with it; an empty object where it was none. */
  record Answer(int status, JsonNode body) {
    String text(String member) {
      return body.path(member).asText("");
    }
  }

  Answer post(URI address, Map<String, ?> body, String accessToken)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    if (!accessToken.isEmpty()) {
      request.header("Authorization", "Bearer " + accessToken);
    }
    var answer =
        client.send(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER));
    return new Answer(answer.statusCode(), json(answer.body()));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      // A proxy's page in place of the platform's answer.
      return JsonNodeFactory.instance.objectNode();
    }
  }

  /** A script of at most 10 MiB. */
  public String script(URI address) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address).timeout(SCRIPT_LIMIT).GET().build();
    var answer =
        client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_SCRIPT));
    if (answer.statusCode() != 200) {
      throw new IOException("the installer was refused: status " + answer.statusCode());
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** A file, as it arrives; the caller closes it. */
  public InputStream open(URI address, Duration limit) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address).timeout(limit).GET().build();
    var answer = client.send(request, BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      answer.body().close();
      throw new IOException("the download was refused: status " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
