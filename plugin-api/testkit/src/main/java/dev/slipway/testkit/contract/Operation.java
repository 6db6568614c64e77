package dev.slipway.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
}
