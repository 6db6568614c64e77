package dev.slipway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.store.json.JsonMappers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An answer of the platform under test. */
@ProviderType
public record Answer(HttpResponse<byte[]> response) {
  /** Status code. */
  public int status() {
    return response.statusCode();
  }

  /** A header. */
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return JsonMappers.PLATFORM.readTree(response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException("not JSON: " + text(), failure);
    }
  }

  /**
   * A member of the body by JSON pointer such as {@code /app/id}; missing ones give an empty text.
   */
  public String at(String pointer) {
    return json().at(pointer).asText();
  }

  /** The body as text. */
  public String text() {
    return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The faulty fields that a refusal names. */
  public java.util.List<String> fields() {
    return json().path("errors").findValuesAsText("field");
  }
}
