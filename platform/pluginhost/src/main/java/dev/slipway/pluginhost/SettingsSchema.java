package dev.slipway.pluginhost;

import dev.slipway.api.FieldError;
import dev.slipway.api.platform.JsonSchema.Mismatch;
import dev.slipway.schema.CompiledSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (2020-12) of a plugin's settings, or of what tenants set up of its offerings. A
 * text marked {@code writeOnly} is a secret.
 */
final class SettingsSchema {
  /** Stands for a secret wherever settings are shown. */
  static final String MASK = "***";

  private final String what;
  private final Map<String, @Nullable Object> schema;
  private final Map<String, Map<?, ?>> properties;

  private SettingsSchema(String what, Map<String, @Nullable Object> schema) {
    this.what = what;
    this.schema = schema;
    properties = properties(schema);
  }

  static SettingsSchema of(Manifest manifest) {
    return of("settings", manifest.settings());
  }

  /**
   * A schema as somebody has written it; where it says nothing else, values it does not name are
   * faults.
   *
   * @param what of what it is the schema, for people
   */
  static SettingsSchema of(String what, Map<String, @Nullable Object> written) {
    var schema = new LinkedHashMap<String, @Nullable Object>();
    schema.put("type", "object");
    schema.putAll(written);
    if (!schema.containsKey("unevaluatedProperties")) {
      schema.putIfAbsent("additionalProperties", false);
    }
    return new SettingsSchema(what, Collections.unmodifiableMap(schema));
  }

  /** As clients see it. */
  Map<String, @Nullable Object> members() {
    return schema;
  }

  /** What is wrong with the schema itself; empty where it can be used. */
  List<String> faults() {
    var faults = CompiledSchema.faults(schema);
    return faults.isEmpty()
        ? secretFaults()
        : faults.stream().map(fault -> what + ": " + fault).toList();
  }

  private List<String> secretFaults() {
    var faults = new ArrayList<String>();
    for (var secret : secrets()) {
      var described = properties.get(secret);
      if (!"string".equals(described.get("type")) || described.containsKey("default")) {
        faults.add(what + "." + secret + " is a secret: it must be a string without default");
      }
    }
    if (count(schema) != secrets().size()) {
      faults.add(what + ": only properties at the top can be writeOnly");
    }
    if (!faults(defaults()).stream().allMatch(fault -> fault.keyword().equals("required"))) {
      faults.add(what + ": a default does not fit");
    }
    return faults;
  }

  private static int count(@Nullable Object part) {
    return switch (part) {
      case Map<?, ?> map ->
          (Boolean.TRUE.equals(map.get("writeOnly")) ? 1 : 0)
              + map.values().stream().mapToInt(SettingsSchema::count).sum();
      case List<?> list -> list.stream().mapToInt(SettingsSchema::count).sum();
      case null, default -> 0;
    };
  }

  /** Names of the settings that are secrets. */
  Set<String> secrets() {
    return properties.entrySet().stream()
        .filter(property -> Boolean.TRUE.equals(property.getValue().get("writeOnly")))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Values of the settings that have a default. */
  Map<String, @Nullable Object> defaults() {
    var defaults = new LinkedHashMap<String, @Nullable Object>();
    properties.forEach(
        (name, described) -> {
          if (described.containsKey("default")) {
            defaults.put(name, described.get("default"));
          }
        });
    return defaults;
  }

  /** The defaults overlaid by these values. */
  Map<String, @Nullable Object> complete(Map<String, @Nullable Object> values) {
    var complete = defaults();
    complete.putAll(values);
    return complete;
  }

  /**
   * Each fault of these values.
   *
   * @param path where they stand in a request's body
   */
  List<FieldError> check(String path, Map<String, @Nullable Object> values) {
    return faults(complete(values)).stream().map(it -> told(path, it)).distinct().toList();
  }

  private FieldError told(String path, Mismatch fault) {
    // A message may quote the value.
    var message =
        secrets().contains(setting(fault)) ? "does not fit: " + fault.keyword() : fault.message();
    var place = new ArrayList<>(List.of(path));
    place.addAll(fault.path());
    return new FieldError(String.join(".", place), message);
  }

  private static String setting(Mismatch fault) {
    return fault.path().isEmpty() ? "" : fault.path().getFirst();
  }

  /** Those values that fit; another version of the plugin may have taken the others. */
  Map<String, @Nullable Object> fitting(Map<String, @Nullable Object> values) {
    if (values.isEmpty()) {
      return values;
    }
    var fitting = new LinkedHashMap<>(values);
    faults(complete(values)).stream().map(SettingsSchema::setting).forEach(fitting::remove);
    return fitting;
  }

  /** These values with each secret replaced. */
  Map<String, @Nullable Object> masked(Map<String, @Nullable Object> values) {
    var masked = new LinkedHashMap<>(values);
    secrets().forEach(secret -> masked.computeIfPresent(secret, (name, value) -> MASK));
    return masked;
  }

  private List<Mismatch> faults(Map<String, @Nullable Object> values) {
    return CompiledSchema.of(schema).mismatches(values);
  }

  private static Map<String, Map<?, ?>> properties(Map<String, @Nullable Object> schema) {
    var found = new LinkedHashMap<String, Map<?, ?>>();
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, described) -> {
            if (described instanceof Map<?, ?> map) {
              found.put(name.toString(), map);
            }
          });
    }
    return found;
  }
}
