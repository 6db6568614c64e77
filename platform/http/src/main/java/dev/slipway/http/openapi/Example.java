package dev.slipway.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation, as a bundle writes it down for the reference.
 *
 * @param parameters values of path, query and header parameters by name
 * @param body what is sent; null where there is none, or where it is no JSON
 * @param answer body of the answer: JSON, or a text where another media type is answered; null
 *     where there is none to show
 */
public record Example(
    @Nullable Map<String, JsonNode> parameters,
    @Nullable JsonNode body,
    @Nullable JsonNode answer) {
  /** The value of a parameter; null where the call goes without. */
  @Nullable JsonNode parameter(String name) {
    return parameters == null ? null : parameters.get(name);
  }
}
