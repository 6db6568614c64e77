package dev.slipway.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the OpenAPI document describes it.
 *
 * @param access value of {@code x-access}; {@code none} where anyone may call it
 * @param body media type of the request body; null where there is none
 */
record Operation(
    String verb,
    String path,
    String id,
    String access,
    @Nullable String body,
    JsonNode description) {
  private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

  static List<Operation> all(JsonNode document) {
    var found = new ArrayList<Operation>();
    for (var path : document.path("paths").properties()) {
      for (var member : path.getValue().properties()) {
        if (VERBS.contains(member.getKey())) {
          found.add(of(member.getKey(), path.getKey(), member.getValue()));
        }
      }
    }
    return found;
  }

  private static Operation of(String verb, String path, JsonNode description) {
    var content = description.path("requestBody").path("content").fieldNames();
    return new Operation(
        verb.toUpperCase(Locale.ROOT),
        path,
        description.path("operationId").asText(),
        description.path("x-access").asText("none"),
        content.hasNext() ? content.next() : null,
        description);
  }

  /** The methods that a path serves, also through a template that it fits. */
  static Set<String> verbs(JsonNode document, String path) {
    return document.path("paths").properties().stream()
        .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
        .flatMap(entry -> entry.getValue().properties().stream())
        .map(Map.Entry::getKey)
        .filter(VERBS::contains)
        .map(verb -> verb.toUpperCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** A path with the names of its parameters taken out. */
  static String shape(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }

  String feature() {
    return id.substring(0, id.indexOf('.'));
  }

  boolean guarded() {
    return !access.equals("none");
  }

  /** Whether a tenant has to be chosen. */
  boolean ofTenant() {
    return access.startsWith("tenant");
  }

  boolean streams() {
    return description.path("responses").findValue("text/event-stream") != null;
  }

  boolean documents(int status) {
    return description.path("responses").has(Integer.toString(status));
  }

  List<JsonNode> parameters(String in) {
    return StreamSupport.stream(description.path("parameters").spliterator(), false)
        .filter(parameter -> parameter.path("in").asText().equals(in))
        .toList();
  }

  /**
   * The schema of a JSON body; missing where it has none, or is taken as bytes: of those the
   * operation looks at a signature first, and at what is in them only then.
   */
  JsonNode bodySchema() {
    var schema =
        description.path("requestBody").path("content").path("application/json").path("schema");
    return schema.path("format").asText().equals("binary") ? MissingNode.getInstance() : schema;
  }

  /** Whether the body is JSON with a form of its own, and not bytes that are taken as they are. */
  boolean takesJson() {
    return !bodySchema().isMissingNode();
  }

  /** Status of success: the first that is documented. */
  int success() {
    return Integer.parseInt(description.path("responses").fieldNames().next());
  }

  /** The media type of the answer; null where it has no body. */
  @Nullable String answerMedia() {
    var content = answerContent().fieldNames();
    return content.hasNext() ? content.next() : null;
  }

  boolean answersJson() {
    return answerMedia() instanceof String media && media.endsWith("json");
  }

  /** Whether the answer can be shown as a text. */
  boolean answersText() {
    return answerMedia() instanceof String media && media.startsWith("text/");
  }

  /** The schema of the answer; missing where it has no body. */
  JsonNode answerSchema() {
    return answerContent().path(String.valueOf(answerMedia())).path("schema");
  }

  private JsonNode answerContent() {
    return description.path("responses").path(Integer.toString(success())).path("content");
  }

  /** Whether an example call is shown. */
  boolean exemplified() {
    return description.has("x-codeSamples");
  }

  /** The example as it is written down: parameters, body, answer. */
  ObjectNode example() {
    var example = JsonNodeFactory.instance.objectNode();
    for (var parameter : description.path("parameters")) {
      if (parameter.has("example")) {
        example
            .withObject("/parameters")
            .set(parameter.path("name").asText(), parameter.get("example"));
      }
    }
    var body = description.path("requestBody").path("content").path(String.valueOf(this.body));
    if (body.has("example")) {
      example.set("body", body.get("example"));
    }
    var answer = answerContent().path(String.valueOf(answerMedia()));
    if (answer.has("example")) {
      example.set("answer", answer.get("example"));
    }
    return example;
  }
}
