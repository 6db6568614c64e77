package dev.slipway.http.request;

import dev.slipway.api.Ids;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Strict readings of path and query parameters; whatever does not fit becomes a 400 that names the
 * parameter.
 */
public final class Converters implements ParamConverterProvider {
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> type, Type generic, Annotation[] annotations) {
    if (type == UUID.class) {
      return (ParamConverter<T>) new Strict<>(text -> Ids.parse("id", text));
    }
    if (type == boolean.class || type == Boolean.class) {
      return (ParamConverter<T>) new Strict<>(Converters::bool);
    }
    if (type == Instant.class) {
      return (ParamConverter<T>) new Strict<>(Converters::instant);
    }
    if (type.isEnum()) {
      return new Strict<>(
          text -> (T) Enum.valueOf((Class<Enum>) type, text.toUpperCase(Locale.ROOT)));
    }
    return null;
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException malformed) {
      throw new IllegalArgumentException("must be an RFC 3339 time", malformed);
    }
  }

  private record Strict<T>(Function<String, T> read) implements ParamConverter<T> {
    @Override
    public @Nullable T fromString(@Nullable String text) {
      return text == null || text.isEmpty() ? null : read.apply(text);
    }

    @Override
    public String toString(T value) {
      return value.toString();
    }
  }
}
