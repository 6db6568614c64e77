package dev.slipway.apps;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variable that a template asks for.
 *
 * @param defaultValue sealed where the variable is secret, else as it is
 * @param isRequired whether whoever uses the template must give a value
 */
public record TemplateVariable(
    String key,
    @Nullable String description,
    @Nullable String defaultValue,
    boolean isSecret,
    boolean isRequired,
    Generator generate) {

  /** What makes a value where nobody gives one. */
  public enum Generator {
    NONE,
    PASSWORD,
    UUID,
    HEX32
  }

  /** As it is stored. */
  Map<String, @Nullable Object> members() {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("key", key);
    members.put("description", description);
    members.put("default_value", defaultValue);
    members.put("is_secret", isSecret);
    members.put("is_required", isRequired);
    members.put("generate", generate.name().toLowerCase(Locale.ROOT));
    return members;
  }

  /** What {@link #members} says. */
  static TemplateVariable of(Map<String, @Nullable Object> members) {
    return new TemplateVariable(
        (String) members.get("key"),
        (String) members.get("description"),
        (String) members.get("default_value"),
        Boolean.TRUE.equals(members.get("is_secret")),
        Boolean.TRUE.equals(members.get("is_required")),
        Generator.valueOf(((String) members.get("generate")).toUpperCase(Locale.ROOT)));
  }

  /** Without the default value. */
  @Override
  public String toString() {
    return "TemplateVariable[key=" + key + "]";
  }
}
