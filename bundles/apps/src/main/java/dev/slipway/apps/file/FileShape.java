package dev.slipway.apps.file;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.JsonSchema;
import dev.slipway.api.platform.JsonSchemas;
import dev.slipway.apps.AppFilePart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a file may say while these parts are there. */
final class FileShape {
  /** Of the form that is described here. */
  static final int VERSION = 1;

  private final List<AppFilePart> parts;
  private final Map<AppFilePart, Map<String, Object>> sections = new LinkedHashMap<>();
  private final JsonSchema schema;

  FileShape(List<AppFilePart> parts, Json json, JsonSchemas schemas) {
    this.parts = parts;
    var properties = new LinkedHashMap<String, @Nullable Object>();
    properties.put("version", Map.of("const", VERSION, "description", "Of the form of the file"));
    for (var part : parts) {
      var own = members(json.read(part.schema(), Map.class));
      sections.put(part, own);
      properties.putAll(own);
    }
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    members.put("title", "An app of Slipway");
    members.put("type", "object");
    members.put("required", List.of("version", "app"));
    members.put("additionalProperties", false);
    members.put("properties", properties);
    schema = schemas.read(members);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(Map<?, ?> read) {
    return (Map<String, Object>) read;
  }

  List<AppFilePart> parts() {
    return parts;
  }

  Map<String, @Nullable Object> schema() {
    return schema.members();
  }

  /** The sections that a part owns. */
  Set<String> names(AppFilePart part) {
    return sections.get(part).keySet();
  }

  /** Refuses with 400 what does not fit, each fault with its line. */
  void check(AppFile file) {
    var faults = new ArrayList<FieldError>();
    for (var mismatch : schema.mismatches(file.content())) {
      var unknown = mismatch.keyword().equals("additionalProperties");
      faults.add(
          new FieldError(
              String.join(".", mismatch.path()),
              unknown ? "is not a known key" : mismatch.message()));
    }
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(file.placed(faults));
    }
  }

  /** Sections of a part with every member of their schemas. */
  Map<String, @Nullable Object> complete(AppFilePart part, Map<String, @Nullable Object> some) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    some.forEach((name, content) -> all.put(name, complete(sections.get(part).get(name), content)));
    return all;
  }

  private static @Nullable Object complete(@Nullable Object schema, @Nullable Object value) {
    if (!(schema instanceof Map<?, ?> shape)) {
      return value;
    }
    if (value == null) {
      return shape.get("default");
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> complete(shape.get("items"), item)).toList();
    }
    return value instanceof Map<?, ?> members ? complete(shape, members) : value;
  }

  private static Map<String, @Nullable Object> complete(Map<?, ?> shape, Map<?, ?> members) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    if (shape.get("properties") instanceof Map<?, ?> known) {
      known.forEach((name, inner) -> all.put((String) name, complete(inner, members.get(name))));
    }
    var others = shape.get("additionalProperties");
    members.forEach(
        (name, value) -> all.computeIfAbsent((String) name, unknown -> complete(others, value)));
    return all;
  }
}
