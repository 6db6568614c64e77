package dev.slipway.http.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.slipway.api.rest.Access;
import dev.slipway.http.route.Route;
import dev.slipway.store.json.JsonMappers;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** An example call as a command for a shell; address and credential stand in variables. */
final class CurlCommand {
  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      JsonMappers.PLATFORM.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
              .withObjectIndenter(LINES)
              .withArrayIndenter(LINES));

  private final Route route;
  private final Example example;
  private final @Nullable String media;

  /**
   * A command.
   *
   * @param media media type of the request's body; null where there is none
   */
  CurlCommand(Route route, Example example, @Nullable String media) {
    this.route = route;
    this.example = example;
    this.media = media;
  }

  String text() {
    var lines = new StringJoiner(" \\\n  ");
    lines.add("curl " + verb() + "\"$SLIPWAY_URL" + path() + query() + "\"");
    if (route.access() != null) {
      lines.add("-H \"Authorization: Bearer $SLIPWAY_TOKEN\"");
      if (route.access() != Access.USER) {
        lines.add("-H \"X-Tenant-ID: $SLIPWAY_TENANT\"");
      }
    }
    for (var header : headers()) {
      if (example.parameter(header) instanceof JsonNode value) {
        lines.add("-H " + quoted(header + ": " + value.asText()));
      }
    }
    if (media != null) {
      lines.add("-H \"Content-Type: " + media + "\"");
      lines.add(
          example.body() == null ? "--data-binary @FILE" : "-d " + quoted(lines(example.body())));
    }
    return lines.toString();
  }

  private String verb() {
    return route.verb().equals("GET") ? "" : "-X " + route.verb() + " ";
  }

  private String path() {
    var path = route.path();
    for (var name : pathParameters()) {
      if (example.parameter(name) instanceof JsonNode value) {
        path = path.replace("{" + name + "}", encoded(value).replace("%2F", "/"));
      }
    }
    return path;
  }

  private String query() {
    var parts = new StringJoiner("&", "?", "").setEmptyValue("");
    var others = new HashSet<>(pathParameters());
    others.addAll(headers());
    var parameters =
        example.parameters() == null ? Map.<String, JsonNode>of() : example.parameters();
    parameters.forEach(
        (name, value) -> {
          if (!others.contains(name)) {
            parts.add(name + "=" + encoded(value));
          }
        });
    return parts.toString();
  }

  private Set<String> pathParameters() {
    var names = new HashSet<String>();
    for (var parameter : route.method().getParameters()) {
      if (parameter.getAnnotation(PathParam.class) instanceof PathParam path) {
        names.add(path.value());
      }
    }
    return names;
  }

  private Set<String> headers() {
    var names = new HashSet<>(Set.of("If-Match"));
    for (var parameter : route.method().getParameters()) {
      if (parameter.getAnnotation(HeaderParam.class) instanceof HeaderParam header) {
        names.add(header.value());
      }
    }
    return names;
  }

  private static String encoded(JsonNode value) {
    return URLEncoder.encode(value.asText(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String lines(JsonNode body) {
    try {
      return WRITER.writeValueAsString(body);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
