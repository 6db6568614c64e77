package dev.slipway.scripts.service;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of JSON Schema that hooks and functions are described in, and whether a value fits. A
 * keyword beyond it is refused when the schema is read, so that none is silently passed over.
 */
public final class Shape {
  private static final Set<String> TELLING =
      Set.of("title", "description", "default", "format", "examples");
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "enum",
          "const",
          "anyOf",
          "minLength",
          "maxLength",
          "pattern",
          "minimum",
          "maximum");

  private final Map<String, @Nullable Object> schema;

  private Shape(Map<String, @Nullable Object> schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @throws IllegalArgumentException where it has a keyword that is not known
   */
  static Shape of(Map<String, @Nullable Object> schema) {
    check(schema);
    return new Shape(schema);
  }

  /** The schema itself. */
  public Map<String, @Nullable Object> schema() {
    return schema;
  }

  private static void check(Object part) {
    if (!(part instanceof Map<?, ?> schema)) {
      if (part instanceof Boolean) {
        return;
      }
      throw new IllegalArgumentException("a schema is an object");
    }
    for (var keyword : schema.keySet()) {
      if (!KNOWN.contains(keyword) && !TELLING.contains(keyword)) {
        throw new IllegalArgumentException("the keyword " + keyword + " is not supported");
      }
    }
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.values().forEach(Shape::check);
    }
    for (var keyword : List.of("prefixItems", "anyOf")) {
      if (schema.get(keyword) instanceof List<?> parts) {
        parts.forEach(Shape::check);
      }
    }
    for (var keyword : List.of("items", "additionalProperties")) {
      var nested = schema.get(keyword);
      if (nested != null) {
        check(nested);
      }
    }
  }

  /** What does not fit, each with its place; empty where all does. */
  List<String> faults(@Nullable Object value) {
    var faults = new ArrayList<String>();
    look(schema, value, "", faults);
    return faults;
  }

  private static void look(
      @Nullable Object part, @Nullable Object value, String place, List<String> faults) {
    if (part instanceof Boolean allowed) {
      if (!allowed) {
        faults.add(named(place) + " is not known");
      }
      return;
    }
    var schema = (Map<?, ?>) java.util.Objects.requireNonNull(part);
    if (!typed(schema.get("type"), value)) {
      faults.add(named(place) + " must be " + words(schema.get("type")));
      return;
    }
    if (schema.get("enum") instanceof List<?> values && !values.contains(value)) {
      faults.add(named(place) + " must be one of " + values);
    }
    if (schema.containsKey("const") && !java.util.Objects.equals(schema.get("const"), value)) {
      faults.add(named(place) + " must be " + schema.get("const"));
    }
    if (schema.get("anyOf") instanceof List<?> choices
        && choices.stream().noneMatch(choice -> fits(choice, value))) {
      faults.add(named(place) + " fits none of what is allowed");
    }
    switch (value) {
      case Map<?, ?> object -> members(schema, object, place, faults);
      case List<?> list -> items(schema, list, place, faults);
      case String text -> text(schema, text, place, faults);
      case Number number -> number(schema, number, place, faults);
      case null, default -> {}
    }
  }

  private static boolean fits(@Nullable Object schema, @Nullable Object value) {
    var faults = new ArrayList<String>();
    look(schema, value, "", faults);
    return faults.isEmpty();
  }

  private static void members(
      Map<?, ?> schema, Map<?, ?> object, String place, List<String> faults) {
    if (schema.get("required") instanceof List<?> required) {
      required.stream()
          .filter(name -> !object.containsKey(name))
          .forEach(name -> faults.add(named(place + "/" + name) + " is missing"));
    }
    var properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
    var others = schema.get("additionalProperties");
    object.forEach(
        (name, member) -> {
          var own = properties.get(name);
          var rule = own == null ? others : own;
          if (rule != null) {
            look(rule, member, place + "/" + name, faults);
          }
        });
  }

  private static void items(Map<?, ?> schema, List<?> list, String place, List<String> faults) {
    bounds(schema, "minItems", "maxItems", list.size(), place, "entries", faults);
    var first = schema.get("prefixItems") instanceof List<?> known ? known : List.of();
    for (var i = 0; i < list.size(); i++) {
      var rule = i < first.size() ? first.get(i) : schema.get("items");
      if (rule != null) {
        look(rule, list.get(i), place + "/" + i, faults);
      }
    }
  }

  private static void text(Map<?, ?> schema, String text, String place, List<String> faults) {
    bounds(schema, "minLength", "maxLength", text.length(), place, "characters", faults);
    if (schema.get("pattern") instanceof String pattern
        && !Pattern.compile(pattern).matcher(text).find()) {
      faults.add(named(place) + " must match " + pattern);
    }
  }

  private static void number(Map<?, ?> schema, Number number, String place, List<String> faults) {
    var value = new BigDecimal(number.toString());
    if (schema.get("minimum") instanceof Number least
        && value.compareTo(new BigDecimal(least.toString())) < 0) {
      faults.add(named(place) + " must be at least " + least);
    }
    if (schema.get("maximum") instanceof Number most
        && value.compareTo(new BigDecimal(most.toString())) > 0) {
      faults.add(named(place) + " must be at most " + most);
    }
  }

  private static void bounds(
      Map<?, ?> schema,
      String least,
      String most,
      int size,
      String place,
      String unit,
      List<String> faults) {
    if (schema.get(least) instanceof Number lower && size < lower.intValue()) {
      faults.add(named(place) + " must have at least " + lower + " " + unit);
    }
    if (schema.get(most) instanceof Number upper && size > upper.intValue()) {
      faults.add(named(place) + " must have at most " + upper + " " + unit);
    }
  }

  private static boolean typed(@Nullable Object type, @Nullable Object value) {
    return switch (type) {
      case null -> true;
      case List<?> choices -> choices.stream().anyMatch(choice -> typed(choice, value));
      case String name ->
          switch (name) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number number && whole(number);
            default -> false;
          };
      default -> false;
    };
  }

  private static boolean whole(Number number) {
    return new BigDecimal(number.toString()).stripTrailingZeros().scale() <= 0;
  }

  private static String words(@Nullable Object type) {
    return type instanceof List<?> choices ? "one of " + choices : "of type " + type;
  }

  private static String named(String place) {
    return place.isEmpty() ? "the value" : place.substring(1);
  }
}
