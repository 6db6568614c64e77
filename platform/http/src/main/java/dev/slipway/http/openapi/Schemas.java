package dev.slipway.http.openapi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.slipway.api.Patch;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema (2020-12) of the records that go over the wire, as Jackson names their members and as
 * the constraints on their components limit them.
 */
final class Schemas {
  private final ObjectMapper mapper;
  private final Map<String, Object> components = new TreeMap<>();
  private final Map<Class<?>, String> names = new LinkedHashMap<>();

  Schemas(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Everything that was referred to, by name. */
  Map<String, Object> components() {
    return components;
  }

  /** The schema of a type, with the constraints that stand on the element. */
  Map<String, Object> of(Type type, AnnotatedElement... constraints) {
    var schema = plain(mapper.constructType(type));
    for (var element : constraints) {
      constrain(schema, element);
    }
    return schema;
  }

  private Map<String, Object> plain(JavaType type) {
    var raw = type.getRawClass();
    if (raw == Patch.class) {
      return plain(type.containedType(0));
    }
    if (raw.isEnum()) {
      var values =
          Arrays.stream(raw.getEnumConstants())
              .map(it -> ((Enum<?>) it).name().toLowerCase(Locale.ROOT))
              .toList();
      return schema("type", "string", "enum", values);
    }
    if (type.isCollectionLikeType() || type.isArrayType()) {
      return schema("type", "array", "items", plain(type.getContentType()));
    }
    if (type.isMapLikeType()) {
      return schema("type", "object", "additionalProperties", plain(type.getContentType()));
    }
    if (raw.isRecord()) {
      return schema("$ref", "#/components/schemas/" + component(type));
    }
    return scalar(raw);
  }

  private static Map<String, Object> scalar(Class<?> raw) {
    if (raw == UUID.class) {
      return schema("type", "string", "format", "uuid");
    }
    if (raw == Instant.class) {
      return schema("type", "string", "format", "date-time");
    }
    if (CharSequence.class.isAssignableFrom(raw) || raw == java.net.URI.class) {
      return schema("type", "string");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return schema("type", "boolean");
    }
    if (raw == int.class || raw == Integer.class) {
      return schema("type", "integer", "format", "int32");
    }
    if (raw == long.class || raw == Long.class) {
      return schema("type", "integer", "format", "int64");
    }
    if (Number.class.isAssignableFrom(raw) || raw.isPrimitive()) {
      return schema("type", "number");
    }
    // Anything else is a free JSON value, for which the empty schema would read as undocumented.
    return schema("description", "any JSON value");
  }

  private String component(JavaType type) {
    var known = names.get(type.getRawClass());
    if (known != null) {
      return known;
    }
    var name = name(type.getRawClass());
    names.put(type.getRawClass(), name);
    var schema = new LinkedHashMap<String, Object>();
    components.put(name, schema);
    var properties = new LinkedHashMap<String, Object>();
    var required = new ArrayList<String>();
    members(type, properties, required);
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return name;
  }

  private void members(JavaType type, Map<String, Object> properties, List<String> required) {
    for (var property : properties(type)) {
      if (property.getPrimaryMember().hasAnnotation(JsonUnwrapped.class)) {
        members(property.getPrimaryType(), properties, required);
        continue;
      }
      var component = recordComponent(type.getRawClass(), property.getInternalName());
      var content = property.getPrimaryType();
      var described = plain(content);
      var optional = content.getRawClass() == Patch.class;
      if (component != null) {
        constrain(described, component.getAnnotatedType());
        inner(described, component.getAnnotatedType());
        optional |= component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      }
      if (!optional) {
        required.add(property.getName());
      }
      properties.put(property.getName(), optional ? orNull(described) : described);
    }
  }

  private List<BeanPropertyDefinition> properties(JavaType type) {
    return mapper.getSerializationConfig().introspect(type).findProperties();
  }

  private String name(Class<?> type) {
    var outer = type.getEnclosingClass();
    var simple =
        (outer == null ? "" : outer.getSimpleName().replaceAll("Payloads$|Resource$", ""))
            + type.getSimpleName();
    if (!names.containsValue(simple)) {
      return simple;
    }
    var feature = type.getPackageName().split("\\.")[2];
    return feature.substring(0, 1).toUpperCase(Locale.ROOT) + feature.substring(1) + simple;
  }

  private static @Nullable RecordComponent recordComponent(Class<?> type, String name) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .filter(it -> it.getName().equals(name))
            .findFirst()
            .orElse(null)
        : null;
  }

  /** Constraints that stand on the argument of {@code Patch<…>} or {@code List<…>}. */
  private static void inner(Map<String, Object> schema, AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic) {
      for (var argument : generic.getAnnotatedActualTypeArguments()) {
        var target = schema.get("items") instanceof Map<?, ?> items ? cast(items) : schema;
        constrain(target, argument);
      }
    }
  }

  private static void constrain(Map<String, Object> schema, AnnotatedElement element) {
    var array = "array".equals(schema.get("type"));
    if (element.getAnnotation(Size.class) instanceof Size size) {
      if (size.min() > 0) {
        schema.put(array ? "minItems" : "minLength", size.min());
      }
      if (size.max() < Integer.MAX_VALUE) {
        schema.put(array ? "maxItems" : "maxLength", size.max());
      }
    }
    if (element.getAnnotation(Min.class) instanceof Min min) {
      schema.put("minimum", min.value());
    }
    if (element.getAnnotation(Max.class) instanceof Max max) {
      schema.put("maximum", max.value());
    }
    if (element.getAnnotation(Pattern.class) instanceof Pattern pattern) {
      schema.put("pattern", pattern.regexp());
    }
  }

  private static Map<String, Object> orNull(Map<String, Object> schema) {
    if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
      schema.put("type", List.of(type, "null"));
      return schema;
    }
    return schema("anyOf", List.of(schema, schema("type", "null")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private static Map<String, Object> schema(Object... members) {
    var schema = new LinkedHashMap<String, Object>();
    for (var i = 0; i < members.length; i += 2) {
      schema.put((String) members[i], members[i + 1]);
    }
    return schema;
  }
}
