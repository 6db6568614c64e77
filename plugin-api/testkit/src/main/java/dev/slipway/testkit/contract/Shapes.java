package dev.slipway.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Compares values with their schema, and with each other. */
final class Shapes {
  private final Samples samples;

  Shapes(Samples samples) {
    this.samples = samples;
  }

  /** Where the published example of an operation does not fit its schemas; empty where it does. */
  List<String> faults(Operation operation) {
    var example = operation.example();
    var faults = new ArrayList<String>();
    for (var parameter : operation.description().path("parameters")) {
      if (parameter.has("example")) {
        var at = "parameter " + parameter.path("name").asText();
        check(parameter.path("schema"), parameter.get("example"), at, faults);
      }
    }
    var wanted = operation.description().at("/requestBody/required").asBoolean();
    if (operation.takesJson() && (wanted || example.has("body"))) {
      check(operation.bodySchema(), example.path("body"), "body", faults);
    }
    if (operation.answersJson()) {
      check(operation.answerSchema(), example.path("answer"), "answer", faults);
    }
    return faults;
  }

  /** Where a value does not fit its schema; empty where it does. */
  List<String> faults(JsonNode schema, JsonNode value) {
    var faults = new ArrayList<String>();
    check(schema, value, "", faults);
    return faults;
  }

  /** Where an example does not look like the real thing; empty where it does. */
  List<String> differences(JsonNode schema, JsonNode example, JsonNode real) {
    var differences = new ArrayList<String>();
    compare(schema, example, real, "", differences);
    return differences;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> faults) {
    if (value.isNull() && nullable(schema)) {
      return;
    }
    var resolved = samples.resolved(schema);
    var fits =
        switch (Samples.type(resolved)) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual() && text(resolved, value.asText());
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          default -> true;
        };
    if (!fits) {
      faults.add(at + " is " + value + ", which its schema does not allow: " + resolved);
    } else if (value.isArray()) {
      value.forEach(item -> check(resolved.path("items"), item, at + "/0", faults));
    } else if (value.isObject()) {
      members(resolved, value, at, faults);
    }
  }

  private void members(JsonNode schema, JsonNode value, String at, List<String> faults) {
    for (var name : schema.path("required")) {
      if (!value.has(name.asText())) {
        faults.add(at + "/" + name.asText() + " is missing");
      }
    }
    for (var member : value.properties()) {
      var name = at + "/" + member.getKey();
      if (schema.path("properties").has(member.getKey())) {
        check(schema.path("properties").path(member.getKey()), member.getValue(), name, faults);
      } else if (schema.has("additionalProperties")) {
        check(schema.path("additionalProperties"), member.getValue(), name, faults);
      } else if (schema.has("properties")) {
        faults.add(name + " is not in the schema");
      }
    }
  }

  private static boolean nullable(JsonNode schema) {
    for (var choice : schema.path("anyOf")) {
      if (choice.path("type").asText().equals("null")) {
        return true;
      }
    }
    for (var type : schema.path("type")) {
      if (type.asText().equals("null")) {
        return true;
      }
    }
    return !schema.has("type") && !schema.has("anyOf") && !schema.has("$ref");
  }

  private static boolean text(JsonNode schema, String text) {
    if (schema.has("enum")) {
      for (var value : schema.path("enum")) {
        if (value.asText().equals(text)) {
          return true;
        }
      }
      return false;
    }
    try {
      switch (schema.path("format").asText()) {
        case "uuid" -> UUID.fromString(text);
        case "date-time" -> OffsetDateTime.parse(text);
        default -> {}
      }
      return true;
    } catch (IllegalArgumentException | DateTimeParseException other) {
      return false;
    }
  }

  /** Both fit the schema; left are optional members, and lists that show nothing. */
  private void compare(
      JsonNode schema, JsonNode example, JsonNode real, String at, List<String> differences) {
    var resolved = samples.resolved(schema);
    if (example.isArray() && real.isArray()) {
      if (example.isEmpty() && !real.isEmpty()) {
        differences.add(at + " is empty in the example alone");
      } else if (!example.isEmpty() && !real.isEmpty()) {
        compare(resolved.path("items"), example.get(0), real.get(0), at + "/0", differences);
      }
    } else if (example.isObject() && real.isObject() && resolved.has("properties")) {
      var wanted = names(real);
      if (!names(example).equals(wanted)) {
        differences.add(at + " has the members " + names(example) + " and not " + wanted);
      }
      for (var name : wanted) {
        if (example.has(name)) {
          var member = resolved.path("properties").path(name);
          compare(member, example.get(name), real.get(name), at + "/" + name, differences);
        }
      }
    }
  }

  private static Set<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
