package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call as the catalogue describes it.
 *
 * @param path encoded
 * @param idempotencyKey kept over retries, so that the platform creates once
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    Access access,
    @Nullable Payload payload,
    @Nullable String idempotencyKey) {

  /** What a call sends. */
  public sealed interface Payload {
    /** A JSON body. */
    record Json(JsonNode value) implements Payload {}

    /** A file, sent as it is read. */
    record Upload(Path file, String contentType) implements Payload {}
  }

  public ApiRequest {
    query = Map.copyOf(query);
  }

  /** {@code template} is a catalogue path; each {@code {…}} takes the next value, encoded. */
  public static ApiRequest of(String method, String template, String... values) {
    var path = new StringBuilder();
    var next = 0;
    var from = 0;
    for (var open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      path.append(template, from, open).append(segment(values[next++]));
      from = template.indexOf('}', open) + 1;
    }
    path.append(template.substring(from));
    return new ApiRequest(method, path.toString(), Map.of(), Access.TENANT, null, null);
  }

  public static ApiRequest get(String template, String... values) {
    return of("GET", template, values);
  }

  public static ApiRequest post(String template, String... values) {
    return of("POST", template, values);
  }

  /** A POST that creates something: sent again after a broken connection, it creates it once. */
  public static ApiRequest create(String template, String... values) {
    var post = post(template, values);
    var key = UUID.randomUUID().toString();
    return new ApiRequest("POST", post.path, post.query, post.access, null, key);
  }

  public ApiRequest query(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    var more = new LinkedHashMap<>(query);
    more.put(name, value.toString());
    return new ApiRequest(method, path, more, access, payload, idempotencyKey);
  }

  public ApiRequest body(JsonNode json) {
    return with(new Payload.Json(json));
  }

  public ApiRequest upload(Path file, String contentType) {
    return with(new Payload.Upload(file, contentType));
  }

  public ApiRequest as(Access wanted) {
    return new ApiRequest(method, path, query, wanted, payload, idempotencyKey);
  }

  URI on(URI base) {
    var parameters =
        query.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(base + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }

  /** Sending it twice has the effect of sending it once. */
  boolean repeatable() {
    return method.equals("GET") || idempotencyKey != null;
  }

  private ApiRequest with(Payload body) {
    return new ApiRequest(method, path, query, access, body, idempotencyKey);
  }

  /** A dot segment would climb to another path, so its dots are encoded as well. */
  private static String segment(String value) {
    var encoded = encode(value);
    return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
