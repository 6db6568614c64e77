package dev.slipway.apps.resource.file;

import dev.slipway.api.CommonError;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Phase;
import dev.slipway.apps.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A variable as a file has it.
 *
 * @param value null where it is secret: files hold no secrets
 */
public record WantedVariable(
    @Nullable String value,
    boolean isSecret,
    List<Stage> stageBindings,
    @Nullable String description,
    List<Phase> phases) {

  /** Of the app; those of environments have neither stages nor a description. */
  static final String SCHEMA =
      """
      {
        "type": ["string", "object"], "additionalProperties": false, "maxLength": 65536,
        "properties": {
          "value": {"type": "string", "maxLength": 65536},
          "is_secret": {"type": "boolean", "default": false,
            "description": "Its value is set elsewhere and stays as it is"},
          %s"phases": {"type": "array", "maxItems": 16, "default": [],
            "items": {"enum": ["build", "run"]}}
        }
      }
      """;

  /** In the order and the form in which they are stored. */
  public WantedVariable {
    stageBindings = sorted(stageBindings);
    phases = sorted(phases);
    description = description == null || description.isBlank() ? null : description;
  }

  private static <T extends Comparable<T>> List<T> sorted(@Nullable List<T> values) {
    return values == null ? List.of() : values.stream().distinct().sorted().toList();
  }

  /** What a file says of a variable. */
  static WantedVariable of(EnvVar variable) {
    return new WantedVariable(
        variable.isSecret() ? null : variable.value(),
        variable.isSecret(),
        variable.stageBindings().stream().map(Stage::of).toList(),
        variable.description(),
        variable.phases().stream().map(Phase::of).toList());
  }

  /** What a file says of the variables of one owner, each in its shortest form. */
  static Map<String, @Nullable Object> shown(List<EnvVar> variables) {
    var section = new LinkedHashMap<String, @Nullable Object>();
    variables.forEach(variable -> section.put(variable.key(), of(variable).shown()));
    return section;
  }

  private Object shown() {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("value", value);
    members.put("is_secret", isSecret ? true : null);
    members.put("stage_bindings", texts(stageBindings, Stage::text));
    members.put("phases", texts(phases, Phase::text));
    members.put("description", description);
    members.values().removeIf(Objects::isNull);
    return value != null && members.size() == 1 ? value : members;
  }

  private static <T> @Nullable List<String> texts(List<T> values, Function<T, String> text) {
    return values.isEmpty() ? null : values.stream().map(text).toList();
  }

  /** The variables of one owner as a file has them. */
  static Map<String, WantedVariable> all(Json json, String path, @Nullable Object section) {
    var wanted = new LinkedHashMap<String, WantedVariable>();
    ((Map<?, ?>) Objects.requireNonNull(section))
        .forEach((key, content) -> wanted.put((String) key, of(json, path + "." + key, content)));
    return wanted;
  }

  private static WantedVariable of(Json json, String path, Object content) {
    if (content instanceof String text) {
      return new WantedVariable(text, false, List.of(), null, List.of());
    }
    var wanted = json.read(json.write(content), WantedVariable.class);
    var fault = wanted.fault();
    if (fault != null) {
      throw CommonError.INVALID.of().withField(path + ".value", fault);
    }
    return wanted;
  }

  private @Nullable String fault() {
    if (isSecret) {
      return value == null ? null : "does not belong into a file, since it is secret";
    }
    return value == null ? "is required unless it is secret" : null;
  }

  /** In clear; empty where it is secret. */
  String clear() {
    return Objects.requireNonNullElse(value, "");
  }

  /** Without the value, which may be one that nobody thought of marking as secret. */
  @Override
  public String toString() {
    return "WantedVariable[isSecret=" + isSecret + "]";
  }
}
