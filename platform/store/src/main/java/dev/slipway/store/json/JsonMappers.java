package dev.slipway.store.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import dev.slipway.api.Patch;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/**
 * Jackson as the platform speaks it. Class caches are per mapper, so a mapper is shared, never made
 * per call.
 */
public final class JsonMappers {
  /** For what the platform itself wrote: unknown members are ignored. */
  public static final ObjectMapper PLATFORM =
      builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Set<CoercionInputShape> NO_TEXTS =
      Set.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

  private JsonMappers() {}

  /**
   * Forgets the types that were read and written. Jackson remembers each one that it has seen, and
   * with it the class loader of a bundle that is gone.
   */
  public static void forgetTypes() {
    PLATFORM.clearCaches();
    TypeFactory.defaultInstance().clearCache();
  }

  /** For what clients send: unknown members, wrong types and duplicate members are refused. */
  public static JsonMapper.Builder strict() {
    return builder()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .addModule(new SimpleModule("strict").addDeserializer(Instant.class, new TimeText()))
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            texts -> {
              for (var shape : NO_TEXTS) {
                texts.setCoercion(shape, CoercionAction.Fail);
              }
            });
  }

  private static JsonMapper.Builder builder() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addModule(new SimpleModule("slipway").addDeserializer(Patch.class, new PatchReader()))
        .propertyNamingStrategy(new PackageCasing())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS);
  }

  /** A time is RFC 3339 text; the library would take a number for seconds. */
  private static final class TimeText extends StdScalarDeserializer<Instant> {
    TimeText() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.hasToken(JsonToken.VALUE_STRING)
          ? InstantDeserializer.INSTANT.deserialize(parser, context)
          : (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
  }

  /** Members in snake_case, save in packages that say otherwise. */
  private static final class PackageCasing extends PropertyNamingStrategies.NamingBase {
    private static final PropertyNamingStrategies.NamingBase SNAKE =
        (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    @Override
    public String translate(String name) {
      return SNAKE.translate(name);
    }

    @Override
    public String nameForField(
        com.fasterxml.jackson.databind.cfg.MapperConfig<?> config,
        com.fasterxml.jackson.databind.introspect.AnnotatedField field,
        String name) {
      return in(field.getDeclaringClass(), name);
    }

    @Override
    public String nameForGetterMethod(
        com.fasterxml.jackson.databind.cfg.MapperConfig<?> config,
        com.fasterxml.jackson.databind.introspect.AnnotatedMethod method,
        String name) {
      return in(method.getDeclaringClass(), name);
    }

    @Override
    public String nameForSetterMethod(
        com.fasterxml.jackson.databind.cfg.MapperConfig<?> config,
        com.fasterxml.jackson.databind.introspect.AnnotatedMethod method,
        String name) {
      return in(method.getDeclaringClass(), name);
    }

    @Override
    public String nameForConstructorParameter(
        com.fasterxml.jackson.databind.cfg.MapperConfig<?> config,
        com.fasterxml.jackson.databind.introspect.AnnotatedParameter parameter,
        String name) {
      return in(parameter.getDeclaringClass(), name);
    }

    private static String in(Class<?> type, String name) {
      var camel = type.getPackage().isAnnotationPresent(dev.slipway.api.rest.CamelCase.class);
      return camel ? name : SNAKE.translate(name);
    }
  }
}
