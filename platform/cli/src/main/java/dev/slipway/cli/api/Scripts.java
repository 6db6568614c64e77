package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import org.jspecify.annotations.Nullable;

/** A tenant's scripts and what they have done. */
public final class Scripts {
  private static final int PAGE = 200;

  private final ApiClient client;

  public Scripts(ApiClient client) {
    this.client = client;
  }

  /** Hooks and functions. */
  public JsonNode hooks() {
    return client.call(ApiRequest.get("/api/script-hooks"));
  }

  /** Their types, for editors. */
  public String types() {
    return client.text(ApiRequest.get("/api/script-hooks/slipway.d.ts"));
  }

  public ArrayNode list(@Nullable String hook) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    String cursor = null;
    do {
      var request = ApiRequest.get("/api/scripts").query("hook", hook).query("limit", PAGE);
      var answer = client.call(request.query("cursor", cursor));
      answer.path("scripts").forEach(all::add);
      cursor = answer.path("next_cursor").textValue();
    } while (cursor != null);
    return all;
  }

  /** By id, else by name. */
  public JsonNode require(String reference) {
    if (ApiClient.isId(reference)) {
      return client.call(ApiRequest.get("/api/scripts/{id}", reference)).path("script");
    }
    for (var script : list(null)) {
      if (script.path("name").asText().equals(reference)) {
        return script;
      }
    }
    throw new CliException(ExitCode.NOT_FOUND, "no script '" + reference + "' in this tenant");
  }

  public JsonNode create(ObjectNode fields) {
    return client.call(ApiRequest.create("/api/scripts").body(fields)).path("script");
  }

  public JsonNode update(String id, ObjectNode fields) {
    var request = ApiRequest.of("PATCH", "/api/scripts/{id}", id).body(fields);
    return client.call(request).path("script");
  }

  public void delete(String id) {
    client.call(ApiRequest.of("DELETE", "/api/scripts/{id}", id));
  }

  public JsonNode versions(String id) {
    return client.call(ApiRequest.get("/api/scripts/{id}/versions", id)).path("versions");
  }

  public JsonNode activate(String id, int version) {
    var path = "/api/scripts/{id}/versions/{version}/activate";
    return client.call(ApiRequest.post(path, id, Integer.toString(version))).path("script");
  }

  /** The execution, failed or not. */
  public JsonNode run(String id, ObjectNode wish) {
    try {
      var request = ApiRequest.post("/api/scripts/{id}/run", id).body(wish);
      return client.call(request).path("execution");
    } catch (ApiException refused) {
      if (refused.member("execution").isObject()) {
        return refused.member("execution");
      }
      throw refused;
    }
  }

  public JsonNode executions(String id, @Nullable String status, int limit) {
    var request = ApiRequest.get("/api/scripts/{id}/executions", id);
    return client.call(request.query("status", status).query("limit", limit)).path("executions");
  }

  public JsonNode execution(String id) {
    return client.call(ApiRequest.get("/api/script-executions/{id}", id)).path("execution");
  }
}
