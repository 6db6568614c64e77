package dev.slipway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.store.json.JsonMappers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Talks HTTP to the platform under test as one caller. */
@ProviderType
public final class TestClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final URI base;
  private final Map<String, String> headers;
  private final @Nullable UUID userId;

  /** A client without credential of any platform that runs, such as a built distribution. */
  public static TestClient at(URI base) {
    return new TestClient(base, Map.of(), null);
  }

  TestClient(URI base, Map<String, String> headers, @Nullable UUID userId) {
    this.base = base;
    this.headers = Map.copyOf(headers);
    this.userId = userId;
  }

  /** The user this client is signed in as; fails for an anonymous one. */
  public UUID userId() {
    return java.util.Objects.requireNonNull(userId, "anonymous");
  }

  /** The same caller with one more header. */
  public TestClient with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new TestClient(base, more, userId);
  }

  /** The same caller without a header. */
  public TestClient without(String header) {
    var fewer = new HashMap<>(headers);
    fewer.remove(header);
    return new TestClient(base, fewer, userId);
  }

  /** A header that this client sends with every request. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** GET. */
  public Answer get(String path) {
    return send("GET", path, null, "application/json");
  }

  /** POST of a value as JSON; null sends no body. */
  public Answer post(String path, @Nullable Object body) {
    return send("POST", path, json(body), "application/json");
  }

  /** PATCH of a value as JSON. */
  public Answer patch(String path, Object body) {
    return send("PATCH", path, json(body), "application/json");
  }

  /** PUT of a value as JSON. */
  public Answer put(String path, Object body) {
    return send("PUT", path, json(body), "application/json");
  }

  /** DELETE. */
  public Answer delete(String path) {
    return send("DELETE", path, null, "application/json");
  }

  /** Any request; null sends no body. */
  public Answer send(String method, String path, byte @Nullable [] body, String mediaType) {
    var request = request(path);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.method(method, HttpRequest.BodyPublishers.ofByteArray(body));
      request.header("Content-Type", mediaType);
    }
    var answer = HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    try {
      // The request's own timeout ends with the headers; an endless body must not hold the test.
      return new Answer(answer.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException failure) {
      throw new IllegalStateException(method + " " + path + " got no answer", failure.getCause());
    } catch (TimeoutException endless) {
      answer.cancel(true);
      throw new IllegalStateException(method + " " + path + " did not end", endless);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Opens an event stream; closing the reader ends it. */
  public BufferedReader stream(String path) {
    try {
      var request = request(path).timeout(LONGEST).GET().build();
      var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("stream answered " + answer.statusCode());
      }
      return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(LONGEST);
    headers.forEach(request::header);
    return request;
  }

  private static byte @Nullable [] json(@Nullable Object body) {
    try {
      return body == null ? null : JsonMappers.PLATFORM.writeValueAsBytes(body);
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException("not a value that JSON can hold", failure);
    }
  }
}
