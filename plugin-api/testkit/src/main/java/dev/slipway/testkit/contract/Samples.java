package dev.slipway.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.api.Ids;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values that fit or break a schema. */
final class Samples {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 4;
  private final JsonNode document;

  Samples(JsonNode document) {
    this.document = document;
  }

  /** The schema behind references and the choice with null. */
  JsonNode resolved(JsonNode schema) {
    if (schema.has("$ref")) {
      return resolved(document.at(schema.path("$ref").asText().substring(1)));
    }
    for (var choice : schema.path("anyOf")) {
      if (!choice.path("type").asText().equals("null")) {
        return resolved(choice);
      }
    }
    return schema;
  }

  /** The type of a resolved schema, apart from null; empty where anything goes. */
  static String type(JsonNode schema) {
    var type = schema.path("type");
    return type.isArray() ? type.path(0).asText() : type.asText();
  }

  /** Every member of a body by its path such as {@code a.0.b}, with its resolved schema. */
  Map<String, JsonNode> members(JsonNode schema) {
    var found = new LinkedHashMap<String, JsonNode>();
    members("", resolved(schema), found, 0);
    return found;
  }

  private void members(String prefix, JsonNode schema, Map<String, JsonNode> found, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    for (var property : schema.path("properties").properties()) {
      var path = prefix + property.getKey();
      var content = resolved(property.getValue());
      found.put(path, content);
      members(path + ".", content, found, depth + 1);
      if (type(content).equals("array")) {
        var item = resolved(content.path("items"));
        found.put(path + ".0", item);
        members(path + ".0.", item, found, depth + 1);
      }
    }
  }

  /** The smallest body that the schema allows. */
  JsonNode smallest(JsonNode schema) {
    var resolved = resolved(schema);
    return switch (type(resolved)) {
      case "object" -> {
        var object = JSON.objectNode();
        for (var name : resolved.path("required")) {
          object.set(name.asText(), smallest(resolved.path("properties").path(name.asText())));
        }
        yield object;
      }
      case "array" -> {
        var array = JSON.arrayNode();
        for (var i = 0; i < resolved.path("minItems").asInt(); i++) {
          array.add(smallest(resolved.path("items")));
        }
        yield array;
      }
      case "integer", "number" -> JSON.numberNode(resolved.path("minimum").asInt(1));
      case "boolean" -> JSON.booleanNode(false);
      default -> text(resolved);
    };
  }

  private static TextNode text(JsonNode schema) {
    if (schema.has("enum")) {
      return JSON.textNode(schema.path("enum").path(0).asText());
    }
    return switch (schema.path("format").asText()) {
      case "uuid" -> JSON.textNode(Ids.next().toString());
      case "date-time" -> JSON.textNode("2026-01-01T00:00:00Z");
      default -> JSON.textNode("sample".repeat(1 + schema.path("minLength").asInt() / 6));
    };
  }

  /** A body with nothing but one member, by its path, around which objects and lists are built. */
  static ObjectNode only(String path, JsonNode value) {
    var steps = path.split("\\.");
    var content = value;
    for (var i = steps.length - 1; i > 0; i--) {
      content =
          steps[i].equals("0")
              ? JSON.arrayNode().add(content)
              : JSON.objectNode().set(steps[i], content);
    }
    return JSON.objectNode().set(steps[0], content);
  }
}
