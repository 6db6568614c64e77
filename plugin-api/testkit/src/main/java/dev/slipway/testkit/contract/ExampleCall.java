package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.store.json.JsonMappers;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The example of one operation, called with real values in place of the written ones. */
final class ExampleCall {
  private static final int LONGEST_SECONDS = 30;

  private final Operation operation;
  private final Map<String, String> objects;
  private final Live live;

  /** The values that were sent in place of written ones. */
  private final Map<String, JsonNode> written = new LinkedHashMap<>();

  private final Map<String, JsonNode> sent = new LinkedHashMap<>();
  private @Nullable JsonNode body;

  ExampleCall(Operation operation, Map<String, String> objects, Live live) {
    this.operation = operation;
    this.objects = objects;
    this.live = live;
  }

  /** The parameters of the call, with the values that were really sent. */
  Map<String, JsonNode> sent() {
    return sent;
  }

  /** What the example says of a parameter or a member of the body, with the real value for it. */
  Map<String, JsonNode> written() {
    return written;
  }

  /** The body that was really sent; null where it is no JSON. */
  @Nullable JsonNode body() {
    return body;
  }

  /** Sends it, and checks the status. */
  JsonNode send(TestClient caller, Map<String, JsonNode> parameters, @Nullable JsonNode example) {
    var path = path(parameters);
    var client = withHeaders(live.client(caller), parameters);
    body = example == null ? null : example.deepCopy();
    live.values().forEach(this::replace);
    if (operation.streams()) {
      return JsonNodeFactory.instance.textNode(firstEvent(client, path));
    }
    var media = operation.body() == null ? "application/json" : operation.body();
    var answer = client.send(operation.verb(), path, bytes(), media);
    assertThat(answer.status())
        .as(() -> operation.verb() + " " + path + " " + body + " answered " + answer.text())
        .isEqualTo(operation.success());
    return content(answer);
  }

  private byte @Nullable [] bytes() {
    if (live.bytes() != null) {
      return live.bytes();
    }
    return body == null ? null : body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode content(Answer answer) {
    var media = operation.answerMedia();
    if (answer.text().isEmpty() && !operation.answersJson()) {
      return JsonNodeFactory.instance.missingNode();
    }
    if (!"application/octet-stream".equals(media)) {
      assertThat(answer.header("Content-Type").orElse(""))
          .as("media type of " + operation.id())
          .startsWith(String.valueOf(media).split(";")[0]);
    }
    return operation.answersJson()
        ? answer.json()
        : JsonNodeFactory.instance.textNode(answer.text());
  }

  private static String firstEvent(TestClient client, String path) {
    try (var lines = client.stream(path)) {
      // Reading has no timeout of its own, and a stream that has nothing to tell does not end.
      return CompletableFuture.supplyAsync(() -> firstEvent(lines))
          .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String firstEvent(BufferedReader lines) {
    try {
      var event = new StringBuilder();
      for (var line = lines.readLine();
          line != null && !(line.isEmpty() && event.indexOf("data:") >= 0);
          line = lines.readLine()) {
        event.append(line).append('\n');
      }
      return event.toString().strip() + "\n";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String path(Map<String, JsonNode> parameters) {
    var path = operation.path();
    for (var parameter : operation.parameters("path")) {
      var name = parameter.path("name").asText();
      var until = operation.path().indexOf("{" + name + "}") + name.length() + 2;
      var object = objects.get(Operation.shape(operation.path().substring(0, until)));
      var value = value(name, object, parameters);
      if (value == null) {
        fail("the example of " + operation.id() + " has no value for " + name);
      }
      path = path.replace("{" + name + "}", encoded(value).replace("%2F", "/"));
    }
    var query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (var parameter : operation.parameters("query")) {
      var name = parameter.path("name").asText();
      var value = value(name, null, parameters);
      if (value != null) {
        query.add(name + "=" + encoded(value));
      }
    }
    return path + query;
  }

  private TestClient withHeaders(TestClient client, Map<String, JsonNode> parameters) {
    var all = client;
    for (var parameter : operation.parameters("header")) {
      var name = parameter.path("name").asText();
      var value = value(name, null, parameters);
      if (value != null) {
        all = all.with(name, value);
      }
    }
    return all;
  }

  private @Nullable String value(
      String name, @Nullable String object, Map<String, JsonNode> parameters) {
    var given = live.values().getOrDefault(name, object);
    var example = parameters.get(name);
    if (given == null && example == null) {
      return null;
    }
    var value = given == null ? example : node(given);
    sent.put(name, value);
    if (example != null) {
      written.put(example.asText(), value);
    }
    return value.asText();
  }

  /** Puts a real value into the body. */
  private void replace(String name, Object value) {
    if (sent.containsKey(name)) {
      return;
    }
    var steps = name.split("\\.");
    var at = body;
    for (var i = 0; i < steps.length - 1 && at != null; i++) {
      at = at.isArray() ? at.get(Integer.parseInt(steps[i])) : at.get(steps[i]);
    }
    var last = steps[steps.length - 1];
    var real = node(value);
    JsonNode before =
        switch (at) {
          case ObjectNode object when object.has(last) -> object.replace(last, real);
          case ArrayNode array when array.has(Integer.parseInt(last)) ->
              array.set(Integer.parseInt(last), real);
          case null, default -> fail(operation.id() + " has nothing to put in place of " + name);
        };
    written.put(before.asText(), real);
  }

  private static JsonNode node(Object value) {
    return JsonMappers.PLATFORM.valueToTree(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
