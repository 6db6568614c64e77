package dev.slipway.frameworktests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The owner of the root tenant over HTTP. */
final class Client {
  static final String PLUGINS = "/api/admin/plugins";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final String base;
  private final String token;
  private final String tenant;

  private Client(String base, String token, String tenant) {
    this.base = base;
    this.token = token;
    this.tenant = tenant;
  }

  /**
   * An answer.
   *
   * @param body missing node where it is no JSON
   */
  record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    String at(String pointer) {
      return body.at(pointer).asText();
    }

    String error() {
      return body.path("code").asText();
    }

    String message() {
      return body.path("detail").asText(body.path("error").asText());
    }
  }

  static void awaitReady(String base) throws Exception {
    var deadline = System.nanoTime() + LONGEST.toNanos();
    var request = HttpRequest.newBuilder(URI.create(base + "/health/ready")).build();
    while (HTTP.send(request, BodyHandlers.ofString()).statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(HTTP.send(request, BodyHandlers.ofString()).body());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  static Client login(String base, String email, String password) throws Exception {
    var body = JSON.writeValueAsString(Map.of("email", email, "password", password));
    var answer =
        new Client(base, "", "")
            .send("POST", "/api/auth/login", "application/json", BodyPublishers.ofString(body));
    if (answer.status() != 200) {
      throw new IllegalStateException("login: " + answer.raw().body());
    }
    return new Client(base, answer.at("/accessToken"), answer.at("/memberships/0/tenantId"));
  }

  Answer get(String path) {
    return send("GET", path, null, BodyPublishers.noBody());
  }

  Answer post(String path) {
    return send("POST", path, null, BodyPublishers.noBody());
  }

  Answer post(String path, Map<String, Object> body) {
    return write("POST", path, body);
  }

  Answer put(String path, Map<String, Object> body) {
    return write("PUT", path, body);
  }

  private Answer write(String verb, String path, Map<String, Object> body) {
    try {
      var text = JSON.writeValueAsString(body);
      return send(verb, path, "application/json", BodyPublishers.ofString(text));
    } catch (IOException failure) {
      throw new IllegalArgumentException(failure);
    }
  }

  Answer delete(String path) {
    return send("DELETE", path, null, BodyPublishers.noBody());
  }

  Answer install(Path jar, boolean enable) {
    return upload("POST", PLUGINS + "?enable=" + enable, jar);
  }

  Answer update(String id, Path jar) {
    return upload("PUT", PLUGINS + "/" + id, jar);
  }

  Answer upload(String verb, String path, Path jar) {
    try {
      return send(verb, path, "application/java-archive", BodyPublishers.ofFile(jar));
    } catch (IOException failure) {
      throw new IllegalArgumentException(failure);
    }
  }

  Answer enable(String id) {
    return post(PLUGINS + "/" + id + "/enable");
  }

  Answer disable(String id) {
    return post(PLUGINS + "/" + id + "/disable");
  }

  /** Removes it with its data; whether it was there does not matter. */
  void purge(String id) {
    delete(PLUGINS + "/" + id + "?purge=true");
  }

  /** Where a plugin stands, or none where it is not known. */
  String state(String id) {
    var answer = get(PLUGINS + "/" + id);
    return answer.status() == 404 ? "none" : answer.at("/plugin/state");
  }

  String reason(String id) {
    return get(PLUGINS + "/" + id).at("/plugin/reason");
  }

  /** Lines of a stream as they come; closed with the stream. */
  Stream<String> lines(String path, String lastEventId) throws Exception {
    var request = request("GET", path, null, BodyPublishers.noBody());
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    return HTTP.send(request.build(), BodyHandlers.ofLines()).body();
  }

  private Answer send(String verb, String path, String type, BodyPublisher body) {
    try {
      var request = request(verb, path, type, body).build();
      var answer = HTTP.send(request, BodyHandlers.ofString());
      var kind = answer.headers().firstValue("Content-Type").orElse("");
      var json = kind.contains("json") ? JSON.readTree(answer.body()) : JSON.missingNode();
      return new Answer(answer.statusCode(), json, answer);
    } catch (IOException failure) {
      throw new IllegalStateException(verb + " " + path + " was not answered", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private HttpRequest.Builder request(String verb, String path, String type, BodyPublisher body) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path)).method(verb, body).timeout(LONGEST);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token).header("X-Tenant-ID", tenant);
    }
    return type == null ? request : request.header("Content-Type", type);
  }
}
