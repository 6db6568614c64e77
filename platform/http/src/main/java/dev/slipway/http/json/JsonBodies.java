package dev.slipway.http.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.store.json.JsonMappers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.stream.Collectors;

/** Reads and writes JSON bodies: strictly in, completely out. */
@Consumes({"application/json", "application/*+json"})
public final class JsonBodies implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
  private static final ObjectMapper MAPPER = JsonMappers.strict().build();
  private final BodyCheck check = new BodyCheck();

  /** A value as the API writes it. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("answer can not be written as JSON", failure);
    }
  }

  /** Forgets the types of bodies, and with them the class loader of a bundle that goes. */
  public static void forgetTypes() {
    MAPPER.clearCaches();
    JsonMappers.forgetTypes();
    BodyCheck.forgetTypes();
  }

  /** The mapper behind bodies, for the schema of the reference. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  @Override
  public boolean isReadable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
    return type.isRecord() || java.util.Map.class == type;
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] notes,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream in)
      throws IOException {
    var encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      // Nothing here unpacks: a few packed bytes could become more than any limit allows.
      throw CommonError.MEDIA_TYPE.of("sent without Content-Encoding");
    }
    try (var parser = new PlainText(MAPPER.createParser(in))) {
      Object value = MAPPER.readValue(parser, MAPPER.constructType(generic));
      if (value == null) {
        throw CommonError.MALFORMED.of("it is empty or null");
      }
      check.require(value);
      return value;
    } catch (JsonMappingException failure) {
      throw refusal(failure);
    } catch (JacksonException failure) {
      var at = failure.getLocation();
      throw CommonError.MALFORMED.of(
          "not valid JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
  }

  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
    return Record.class.isAssignableFrom(type) && type != dev.slipway.api.rest.Sse.class
        || java.util.Map.class.isAssignableFrom(type);
  }

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type generic,
      Annotation[] notes,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    out.write(MAPPER.writeValueAsBytes(value));
  }

  /** Names the member that does not fit; never repeats what the client sent. */
  private static RuntimeException refusal(JsonMappingException failure) throws IOException {
    if (failure.getCause() instanceof PlatformException own) {
      return own;
    }
    if (failure.getCause() instanceof IOException cut && !(cut instanceof JacksonException)) {
      throw cut;
    }
    var field =
        failure.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    if (field.isEmpty()) {
      return CommonError.MALFORMED.of("it has not the form this operation wants");
    }
    var message =
        switch (failure) {
          case UnrecognizedPropertyException unknown -> "is not a known member";
          case MismatchedInputException mismatch
              when mismatch.getTargetType() != null && mismatch.getTargetType().isEnum() ->
              "must be one of " + values(mismatch.getTargetType());
          case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
              "must be " + Wording.of(mismatch.getTargetType());
          default -> "is not valid";
        };
    return CommonError.INVALID.of().withField(field, message);
  }

  private static String values(Class<?> type) {
    return java.util.Arrays.stream(type.getEnumConstants())
        .map(value -> ((Enum<?>) value).name().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
