package dev.slipway.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.rest.Sse;
import dev.slipway.api.rest.WebSocket;
import dev.slipway.http.json.Problem;
import dev.slipway.http.limit.Idempotency;
import dev.slipway.http.route.BundleRoutes;
import dev.slipway.http.route.Route;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the OpenAPI 3.1 document of the active routes out of their marks and types. */
public final class OpenApi {
  private static final List<Class<? extends Annotation>> NOT_BODY =
      List.of(
          Context.class,
          PathParam.class,
          QueryParam.class,
          HeaderParam.class,
          FormParam.class,
          CookieParam.class);

  private final ObjectMapper mapper;
  private final String version;

  /**
   * A generator.
   *
   * @param mapper the mapper behind bodies, whose naming the schemas follow
   * @param version of the platform
   */
  public OpenApi(ObjectMapper mapper, String version) {
    this.mapper = mapper;
    this.version = version;
  }

  /** The document of these bundles' routes; of one feature's alone where a tag is given. */
  public Map<String, Object> document(List<BundleRoutes> bundles, @Nullable String tag) {
    var schemas = new Schemas(mapper);
    var examples = new Examples(mapper);
    var paths = new TreeMap<String, Object>();
    var tags = new TreeSet<String>();
    bundles.stream()
        .flatMap(bundle -> bundle.routes().stream())
        .filter(route -> tag == null || route.feature().equals(tag))
        .sorted(Comparator.comparing(Route::path).thenComparing(Route::verb))
        .forEach(
            route -> {
              tags.add(route.feature());
              at(paths, route.path())
                  .put(
                      route.verb().toLowerCase(Locale.ROOT),
                      operation(route, examples.of(route), schemas));
            });
    schemas.of(Problem.class);
    var document = new LinkedHashMap<String, Object>();
    document.put("openapi", "3.1.0");
    document.put("info", info());
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("tags", tags.stream().map(name -> Map.of("name", name)).toList());
    document.put("paths", paths);
    document.put(
        "components",
        Map.of("schemas", schemas.components(), "securitySchemes", securitySchemes()));
    return document;
  }

  private Map<String, Object> info() {
    return Map.of(
        "title",
        "Slipway API",
        "version",
        version,
        "description",
        "Every refusal is application/problem+json with a stable code. Lists take limit and offset."
            + " POST takes an Idempotency-Key. Every answer carries X-Request-ID. The commands of"
            + " the examples read SLIPWAY_URL, SLIPWAY_TOKEN and SLIPWAY_TENANT.",
        "license",
        Map.of("name", "Apache-2.0", "identifier", "Apache-2.0"));
  }

  private static Map<String, Object> securitySchemes() {
    return Map.of(
        "bearer",
        Map.of(
            "type",
            "http",
            "scheme",
            "bearer",
            "description",
            "Access token of a user, or API key lsk_…; tenant routes also want X-Tenant-ID."
                + " Where x-bound names a parameter, a credential that is bound to that object as"
                + " well."));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<String, Object> paths, String path) {
    return (Map<String, Object>) paths.computeIfAbsent(path, unseen -> new TreeMap<>());
  }

  private Map<String, Object> operation(Route route, @Nullable Example example, Schemas schemas) {
    var operation = new LinkedHashMap<String, Object>();
    operation.put("operationId", route.operation());
    operation.put("summary", route.summary());
    operation.put("tags", List.of(route.feature()));
    operation.put("parameters", parameters(route, example, schemas));
    var body = body(route.method(), example, schemas);
    if (body != null) {
      operation.put("requestBody", body);
    }
    operation.put("responses", responses(route, example, schemas));
    operation.put(
        "security", route.access() == null ? List.of() : List.of(Map.of("bearer", List.of())));
    var access = route.access();
    operation.put(
        "x-access",
        access == null ? "none" : access.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (!route.bound().isEmpty()) {
      operation.put("x-bound", route.bound());
    }
    if (route.method().getAnnotation(PublicOp.class) instanceof PublicOp open) {
      operation.put("x-public-reason", open.reason());
    }
    if (example != null) {
      var command = new CurlCommand(route, example, media(body));
      operation.put("x-codeSamples", List.of(Map.of("lang", "Shell", "source", command.text())));
    }
    return operation;
  }

  private List<Object> parameters(Route route, @Nullable Example example, Schemas schemas) {
    var found = new ArrayList<Map<String, Object>>();
    for (var parameter : route.method().getParameters()) {
      if (parameter.getType() == PageRequest.class) {
        found.add(page("limit", "1..200", PageRequest.DEFAULT_LIMIT, 1, PageRequest.MAX_LIMIT));
        found.add(page("offset", "rows to skip", 0, 0, null));
      } else if (parameter.getType() == IfMatch.class) {
        found.add(
            parameter("header", "If-Match", false, new LinkedHashMap<>(Map.of("type", "string"))));
      } else {
        var described = described(parameter, schemas);
        if (described != null) {
          found.add(described);
        }
      }
    }
    if (route.access() != null && Idempotency.heeds(route)) {
      var schema = new LinkedHashMap<String, Object>(Map.of("type", "string"));
      schema.put("minLength", 1);
      schema.put("maxLength", Idempotency.LONGEST_KEY);
      var key = parameter("header", Idempotency.HEADER, false, schema);
      key.put("description", "A repetition with the same key within a day gets the first answer.");
      found.add(key);
    }
    if (route.access() != null && route.access() != dev.slipway.api.rest.Access.USER) {
      var schema = new LinkedHashMap<String, Object>(Map.of("type", "string", "format", "uuid"));
      found.add(parameter("header", "X-Tenant-ID", false, schema));
    }
    if (example != null) {
      for (var parameter : found) {
        if (example.parameter((String) parameter.get("name")) instanceof JsonNode value) {
          parameter.put("example", value);
        }
      }
    }
    return List.copyOf(found);
  }

  private static @Nullable Map<String, Object> described(Parameter parameter, Schemas schemas) {
    var schema = schemas.of(parameter.getParameterizedType(), parameter);
    if (parameter.getAnnotation(DefaultValue.class) instanceof DefaultValue otherwise) {
      schema.put("default", typed(schema.get("type"), otherwise.value()));
    }
    if (parameter.getAnnotation(PathParam.class) instanceof PathParam path) {
      return parameter("path", path.value(), true, schema);
    }
    if (parameter.getAnnotation(QueryParam.class) instanceof QueryParam query) {
      return parameter("query", query.value(), false, schema);
    }
    if (parameter.getAnnotation(HeaderParam.class) instanceof HeaderParam header) {
      return parameter("header", header.value(), false, schema);
    }
    return null;
  }

  private static Object typed(@Nullable Object type, String value) {
    return switch (String.valueOf(type)) {
      case "integer" -> Long.valueOf(value);
      case "number" -> Double.valueOf(value);
      case "boolean" -> Boolean.valueOf(value);
      default -> value;
    };
  }

  private static Map<String, Object> page(
      String name, String text, int otherwise, int least, @Nullable Integer most) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "integer");
    schema.put("default", otherwise);
    schema.put("minimum", least);
    if (most != null) {
      schema.put("maximum", most);
    }
    var parameter = parameter("query", name, false, schema);
    parameter.put("description", text);
    return parameter;
  }

  private static Map<String, Object> parameter(
      String in, String name, boolean required, Map<String, Object> schema) {
    var parameter = new LinkedHashMap<String, Object>();
    parameter.put("in", in);
    parameter.put("name", name);
    parameter.put("required", required);
    parameter.put("schema", schema);
    return parameter;
  }

  private static @Nullable Map<String, Object> body(
      Method method, @Nullable Example example, Schemas schemas) {
    for (var parameter : method.getParameters()) {
      var type = parameter.getType();
      if (type == Caller.class || NOT_BODY.stream().anyMatch(parameter::isAnnotationPresent)) {
        continue;
      }
      if (type == InputStream.class) {
        var consumes = method.getAnnotation(Consumes.class);
        var media = consumes == null ? "application/octet-stream" : consumes.value()[0];
        return Map.of(
            "required",
            true,
            "content",
            content(media, Map.of("type", "string", "format", "binary"), null));
      }
      if (type.isRecord()) {
        var optional = parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return Map.of(
            "required",
            !optional,
            "content",
            content(
                "application/json",
                schemas.of(parameter.getParameterizedType()),
                example == null ? null : example.body()));
      }
    }
    return null;
  }

  /** The media type of a request's body. */
  private static @Nullable String media(@Nullable Map<String, Object> body) {
    return body == null
        ? null
        : (String) ((Map<?, ?>) body.get("content")).keySet().iterator().next();
  }

  private static Map<String, Object> content(
      String media, Map<String, Object> schema, @Nullable JsonNode example) {
    return Map.of(
        media,
        example == null ? Map.of("schema", schema) : Map.of("schema", schema, "example", example));
  }

  private static Map<String, Object> responses(
      Route route, @Nullable Example example, Schemas schemas) {
    var responses = new LinkedHashMap<String, Object>();
    var type = route.method().getReturnType();
    if (type == void.class) {
      responses.put("204", Map.of("description", "Done"));
    } else if (type == WebSocket.class) {
      responses.put("101", Map.of("description", "The connection is a WebSocket from here on"));
    } else {
      responses.put(
          Integer.toString(route.status()),
          Map.of(
              "description",
              "Success",
              "content",
              answer(route.method(), example == null ? null : example.answer(), schemas)));
    }
    for (var error : route.errors()) {
      var parts = error.split(" ", 2);
      responses.merge(
          parts[0],
          problem(parts.length > 1 ? parts[1] : "Refused", schemas),
          (first, second) -> first);
    }
    if (route.access() != null) {
      responses.putIfAbsent("401", problem("No valid credential", schemas));
      responses.putIfAbsent("403", problem("Not allowed", schemas));
    }
    if (route.path().contains("{")) {
      responses.putIfAbsent("404", problem("There is no such object", schemas));
    }
    var parameters = List.of(route.method().getParameterTypes());
    if (parameters.contains(IfMatch.class)) {
      responses.putIfAbsent("412", problem("The object has been changed meanwhile", schemas));
    }
    if (body(route.method(), example, schemas) != null) {
      responses.putIfAbsent("413", problem("The body is too large", schemas));
      responses.putIfAbsent("415", problem("The body has another media type", schemas));
    }
    if (route.method().isAnnotationPresent(RateLimit.class)) {
      responses.putIfAbsent("429", problem("Too many requests; Retry-After says when", schemas));
    }
    responses.putIfAbsent("400", problem("The request is not valid; fields are named", schemas));
    return responses;
  }

  private static Map<String, Object> answer(
      Method method, @Nullable JsonNode example, Schemas schemas) {
    var type = method.getReturnType();
    if (type == Sse.class) {
      return content("text/event-stream", Map.of("type", "string"), example);
    }
    if (type == StreamingOutput.class || type == Response.class || type == String.class) {
      var produces = method.getAnnotation(Produces.class);
      var media = produces == null ? "application/octet-stream" : produces.value()[0];
      var schema = media.contains("json") ? "object" : "string";
      return content(media, Map.of("type", schema), example);
    }
    return content("application/json", schemas.of(method.getGenericReturnType()), example);
  }

  private static Map<String, Object> problem(String text, Schemas schemas) {
    return Map.of(
        "description",
        text,
        "content",
        Map.of(Problem.MEDIA_TYPE, Map.of("schema", schemas.of(Problem.class))));
  }
}
