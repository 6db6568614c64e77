package dev.slipway.cli.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request to the fake and its answer. */
public final class Call {
  static final JsonMapper JSON = new JsonMapper();

  final HttpExchange exchange;
  final List<String> path;
  private final byte[] body;
  private final Map<String, String> query = new HashMap<>();

  Call(HttpExchange exchange, List<String> path) throws IOException {
    this.exchange = exchange;
    this.path = path;
    this.body = exchange.getRequestBody().readAllBytes();
    var raw = exchange.getRequestURI().getRawQuery();
    for (var pair : raw == null ? new String[0] : raw.split("&")) {
      var parts = pair.split("=", 2);
      query.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  byte[] body() {
    return body;
  }

  /** The parameters, none but the named ones. */
  Map<String, String> query(String... known) {
    for (var name : query.keySet()) {
      if (!List.of(known).contains(name)) {
        throw new Refusal(400, "unknown parameter", name);
      }
    }
    return query;
  }

  /** A JSON body: required members are marked by {@code !}, no others than the named are taken. */
  ObjectNode json(String... members) {
    if (!"application/json".equals(header("Content-Type"))) {
      throw new Refusal(415, "JSON is expected");
    }
    try {
      var json = JSON.readTree(body);
      Set<String> known = new HashSet<>();
      for (var member : members) {
        var name = member.replace("!", "");
        known.add(name);
        if (member.endsWith("!") && json.path(name).isMissingNode()) {
          throw new Refusal(400, "a field is missing", name);
        }
      }
      json.fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name)) {
                  throw new Refusal(400, "unknown field", name);
                }
              });
      return (ObjectNode) json;
    } catch (IOException e) {
      throw new Refusal(400, "malformed body");
    }
  }

  void noBody() {
    if (body.length > 0) {
      throw new Refusal(400, "no body is expected");
    }
  }

  void answer(int status, @Nullable JsonNode json) throws IOException {
    exchange.getResponseHeaders().set("X-Request-ID", "req-" + UUID.randomUUID());
    exchange.getResponseHeaders().set("X-API-Version", "1.00");
    if (json == null) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    var type = status < 400 ? "application/json" : "application/problem+json";
    exchange.getResponseHeaders().set("Content-Type", type);
    var bytes = JSON.writeValueAsBytes(json);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  void answer(int status, String member, JsonNode json) throws IOException {
    answer(status, JsonNodeFactory.instance.objectNode().set(member, json));
  }

  /** Begins a stream. One that is declared longer than it gets looks broken to the client. */
  OutputStream events(boolean breaks) throws IOException {
    if (!"text/event-stream".equals(header("Accept"))) {
      throw new Refusal(406, "this is an event stream");
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, breaks ? 1_000_000 : 0);
    return exchange.getResponseBody();
  }

  void problem(Refusal refusal) throws IOException {
    var problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", "about:blank").put("status", refusal.status).put("title", "Refused");
    problem.put("error", refusal.getMessage()).put("code", "fake.refused");
    if (!refusal.field.isEmpty()) {
      problem.putArray("errors").addObject().put("field", refusal.field).put("message", "bad");
    }
    answer(refusal.status, problem);
  }
}
