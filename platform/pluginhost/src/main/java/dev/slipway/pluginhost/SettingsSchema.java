package dev.slipway.pluginhost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.api.FieldError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (2020-12) of a plugin's settings. A text marked {@code writeOnly} is a secret. It
 * is a stranger's text: nothing it refers to is ever fetched.
 */
final class SettingsSchema {
  /** Stands for a secret wherever settings are shown. */
  static final String MASK = "***";

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, @Nullable Object> schema;
  private final Map<String, Map<?, ?>> properties;

  private SettingsSchema(Map<String, @Nullable Object> schema) {
    this.schema = schema;
    properties = properties(schema);
  }

  /** The schema of a manifest; where it says nothing else, settings it does not name are faults. */
  static SettingsSchema of(Manifest manifest) {
    var schema = new LinkedHashMap<String, @Nullable Object>();
    schema.put("type", "object");
    schema.putAll(manifest.settings());
    if (!schema.containsKey("unevaluatedProperties")) {
      schema.putIfAbsent("additionalProperties", false);
    }
    return new SettingsSchema(Collections.unmodifiableMap(schema));
  }

  /** As clients see it. */
  Map<String, @Nullable Object> members() {
    return schema;
  }

  /** What is wrong with the schema itself; empty where it can be used. */
  List<String> faults() {
    if (!DIALECT.equals(schema.getOrDefault("$schema", DIALECT))) {
      return List.of("settings must be a JSON Schema 2020-12");
    }
    try {
      var metaschema = registry().getSchema(SchemaLocation.of(DIALECT));
      var faults = metaschema.validate(node(schema)).stream().map(Error::toString).toList();
      return faults.isEmpty() ? secretFaults() : prefixed(faults);
    } catch (RuntimeException | StackOverflowError failure) {
      return List.of("settings can not be read as a JSON Schema");
    }
  }

  private List<String> secretFaults() {
    compiled().initializeValidators();
    var faults = new ArrayList<String>();
    for (var secret : secrets()) {
      var described = properties.get(secret);
      if (!"string".equals(described.get("type")) || described.containsKey("default")) {
        faults.add("settings." + secret + " is a secret: it must be a string without default");
      }
    }
    if (count(schema) != secrets().size()) {
      faults.add("settings: only properties of the settings themselves can be writeOnly");
    }
    if (!faults(defaults()).stream().allMatch(Fault::isAbsence)) {
      faults.add("settings: a default does not fit");
    }
    return faults;
  }

  private static List<String> prefixed(List<String> faults) {
    return faults.stream().limit(10).map(fault -> "settings" + fault).toList();
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

  /** Each fault of these values, named as a request's body names them. */
  List<FieldError> check(Map<String, @Nullable Object> values) {
    return faults(complete(values)).stream().map(this::told).distinct().toList();
  }

  private FieldError told(Fault fault) {
    // A message may quote the value.
    var message =
        secrets().contains(fault.setting()) ? "does not fit: " + fault.keyword() : fault.message();
    return new FieldError("values" + (fault.path().isEmpty() ? "" : "." + fault.path()), message);
  }

  /** Those values that fit; another version of the plugin may have taken the others. */
  Map<String, @Nullable Object> fitting(Map<String, @Nullable Object> values) {
    if (values.isEmpty()) {
      return values;
    }
    var fitting = new LinkedHashMap<>(values);
    faults(complete(values)).stream().map(Fault::setting).forEach(fitting::remove);
    return fitting;
  }

  /** These values with each secret replaced. */
  Map<String, @Nullable Object> masked(Map<String, @Nullable Object> values) {
    var masked = new LinkedHashMap<>(values);
    secrets().forEach(secret -> masked.computeIfPresent(secret, (name, value) -> MASK));
    return masked;
  }

  private List<Fault> faults(Map<String, @Nullable Object> values) {
    return compiled().validate(node(values)).stream().map(Fault::of).toList();
  }

  private Schema compiled() {
    return registry().getSchema(node(schema));
  }

  /** A new one each time: one that is kept would mix up the schemas of plugins by their ids. */
  private static SchemaRegistry registry() {
    var config = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        registry ->
            registry
                .schemaRegistryConfig(config)
                .schemaLoader(
                    loader ->
                        loader.allow(
                            address -> address.toString().startsWith("https://json-schema.org/"))));
  }

  private static JsonNode node(Map<String, @Nullable Object> value) {
    try {
      return JSON.readTree(JSON.writeValueAsString(value));
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException(failure);
    }
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

  /**
   * A value that does not fit.
   *
   * @param path members joined by dots; empty for the whole
   */
  private record Fault(String path, String keyword, String message) {
    static Fault of(Error error) {
      var at = error.getInstanceLocation();
      var path = new ArrayList<String>();
      for (var i = 0; i < at.getNameCount(); i++) {
        path.add(at.getElement(i).toString());
      }
      // Of a member that is missing or too many the location is the object around it.
      if (error.getProperty() != null) {
        path.add(error.getProperty());
      }
      return new Fault(String.join(".", path), error.getKeyword(), error.getMessage());
    }

    String setting() {
      return path.split("\\.", 2)[0];
    }

    boolean isAbsence() {
      return keyword.equals("required");
    }
  }
}
