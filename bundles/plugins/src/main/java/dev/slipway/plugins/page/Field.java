package dev.slipway.plugins.page;

import dev.slipway.api.plugin.PluginRegistry.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting as a form asks for it.
 *
 * @param value as text; numbers, choices and whatever has a structure as JSON
 * @param options what can be chosen, each as JSON; empty where it is no choice
 */
public record Field(
    String name,
    String title,
    String description,
    Kind kind,
    String value,
    List<String> options,
    boolean required) {

  /** What is asked with. */
  public enum Kind {
    TEXT,
    SECRET,
    NUMBER,
    YES_NO,
    CHOICE,
    JSON
  }

  /**
   * The fields of a form.
   *
   * @param json writes a value as JSON
   */
  public static List<Field> of(Settings settings, Function<@Nullable Object, String> json) {
    var fields = new ArrayList<Field>();
    var required =
        settings.schema().get("required") instanceof List<?> names ? names : List.<String>of();
    if (settings.schema().get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, schema) -> {
            if (schema instanceof Map<?, ?> described) {
              var text = name.toString();
              var value = settings.values().get(text);
              fields.add(of(text, described, value, required.contains(text), json));
            }
          });
    }
    return fields;
  }

  private static Field of(
      String name,
      Map<?, ?> schema,
      @Nullable Object value,
      boolean required,
      Function<@Nullable Object, String> json) {
    var options =
        schema.get("enum") instanceof List<?> choices
            ? choices.stream().map(json::apply).toList()
            : List.<String>of();
    var kind = kind(schema, options);
    var plain = kind == Kind.TEXT || kind == Kind.SECRET;
    return new Field(
        name,
        Objects.toString(schema.get("title"), name),
        Objects.toString(schema.get("description"), ""),
        kind,
        value == null ? "" : plain ? value.toString() : json.apply(value),
        options,
        required);
  }

  private static Kind kind(Map<?, ?> schema, List<String> options) {
    if (!options.isEmpty()) {
      return Kind.CHOICE;
    }
    return switch (Objects.toString(schema.get("type"), "")) {
      case "string" -> Boolean.TRUE.equals(schema.get("writeOnly")) ? Kind.SECRET : Kind.TEXT;
      case "integer", "number" -> Kind.NUMBER;
      case "boolean" -> Kind.YES_NO;
      default -> Kind.JSON;
    };
  }
}
