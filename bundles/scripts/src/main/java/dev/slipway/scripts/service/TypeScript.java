package dev.slipway.scripts.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema as TypeScript. What TypeScript can not say, such as a length, is left out; what is
 * not understood is {@code any}, so that no sound script is found fault with.
 */
final class TypeScript {
  private static final String ANY = "any";

  private TypeScript() {}

  /** A type; its lines but the first are indented so far. */
  static String type(@Nullable Object schema, String indent) {
    if (!(schema instanceof Map<?, ?> members)) {
      return Boolean.FALSE.equals(schema) ? "never" : ANY;
    }
    if (members.containsKey("const")) {
      return literal(members.get("const"));
    }
    if (members.get("enum") instanceof List<?> values) {
      return values.stream().map(TypeScript::literal).collect(Collectors.joining(" | "));
    }
    for (var choice : List.of("anyOf", "oneOf")) {
      if (members.get(choice) instanceof List<?> types) {
        return union(types.stream().map(it -> type(it, indent)).toList());
      }
    }
    if (members.get("type") instanceof List<?> types) {
      return union(types.stream().map(it -> named(it, members, indent)).toList());
    }
    return named(kind(members), members, indent);
  }

  private static @Nullable Object kind(Map<?, ?> members) {
    var kind = members.get("type");
    return kind == null && members.containsKey("properties") ? "object" : kind;
  }

  private static String union(List<String> types) {
    var distinct = types.stream().distinct().toList();
    return distinct.contains(ANY) ? ANY : String.join(" | ", distinct);
  }

  private static String named(@Nullable Object kind, Map<?, ?> members, String indent) {
    return switch (String.valueOf(kind)) {
      case "string" -> "string";
      case "boolean" -> "boolean";
      case "number", "integer" -> "number";
      case "array" -> list(members, indent);
      case "object" -> object(members, indent);
      default -> kind != null && kind.equals("null") ? "null" : ANY;
    };
  }

  private static String list(Map<?, ?> members, String indent) {
    if (members.get("prefixItems") instanceof List<?> first) {
      var types = first.stream().map(it -> type(it, indent)).collect(Collectors.joining(", "));
      return "[" + types + "]";
    }
    if (members.get("minItems") instanceof Number least
        && least.equals(members.get("maxItems"))
        && least.intValue() <= 4) {
      var type = type(members.get("items"), indent);
      return "[" + String.join(", ", java.util.Collections.nCopies(least.intValue(), type)) + "]";
    }
    return "Array<" + type(members.get("items"), indent) + ">";
  }

  private static String object(Map<?, ?> members, String indent) {
    if (!(members.get("properties") instanceof Map<?, ?> properties) || properties.isEmpty()) {
      return "Record<string, " + type(members.get("additionalProperties"), indent) + ">";
    }
    var required = members.get("required") instanceof List<?> names ? names : List.of();
    var text = new StringBuilder("{\n");
    properties.forEach(
        (name, schema) -> {
          comment(text, schema, indent + "  ");
          text.append(indent).append("  ").append(name(name.toString()));
          text.append(required.contains(name) ? ": " : "?: ");
          text.append(type(schema, indent + "  ")).append(";\n");
        });
    return text.append(indent).append("}").toString();
  }

  /** The parameters of a function whose arguments are such a list. */
  static String parameters(Map<String, @Nullable Object> arguments, String indent) {
    if (!(arguments.get("prefixItems") instanceof List<?> items)) {
      return "...arguments: any[]";
    }
    var least = arguments.get("minItems") instanceof Number number ? number.intValue() : 0;
    var parameters = new ArrayList<String>();
    for (var i = 0; i < items.size(); i++) {
      var title = items.get(i) instanceof Map<?, ?> schema ? schema.get("title") : null;
      var name = title != null && identifier(title.toString()) ? title.toString() : "arg" + i;
      parameters.add(name + (i < least ? ": " : "?: ") + type(items.get(i), indent));
    }
    return String.join(", ", parameters);
  }

  private static void comment(StringBuilder text, @Nullable Object schema, String indent) {
    if (schema instanceof Map<?, ?> members && members.get("description") instanceof String told) {
      text.append(comment(told, indent));
    }
  }

  /** A comment that ends where it should, whatever it says. */
  static String comment(String told, String indent) {
    return indent + "/** " + told.replace("*/", "*\u200b/").replaceAll("\\s+", " ") + " */\n";
  }

  /** A member's name, quoted where it has to be. */
  static String name(String name) {
    return identifier(name) ? name : literal(name);
  }

  private static boolean identifier(String name) {
    return name.matches("[A-Za-z_$][A-Za-z0-9_$]*");
  }

  private static String literal(@Nullable Object value) {
    return switch (value) {
      case String text ->
          "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case null -> "null";
      default -> ANY;
    };
  }
}
