package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import org.jspecify.annotations.Nullable;

/** What variables of any layer were, when secrets get new values, and who has which. */
public final class Variables {
  private final ApiClient client;

  public Variables(ApiClient client) {
    this.client = client;
  }

  /**
   * The id of the variable that counts: of the app, else of its project; in an environment its own,
   * else what it inherits.
   *
   * @param environment null = outside of any
   */
  public String require(App app, @Nullable JsonNode environment, String key) {
    if (environment == null) {
      var own = find(new Apps(client).variables(app), "id", key);
      return own.isEmpty() ? inherited(app, key) : own;
    }
    var request =
        ApiRequest.get("/api/environments/{envId}/env-vars", environment.path("id").asText());
    return found(find(client.call(request).path("variables"), "env_var_id", key), app, key);
  }

  private String inherited(App app, String key) {
    var request = ApiRequest.get("/api/apps/{appId}/env", app.id());
    return found(find(client.call(request).path("variables"), "env_var_id", key), app, key);
  }

  /** Empty where there is none; the platform's own have no id. */
  private static String find(JsonNode variables, String member, String key) {
    for (var variable : variables) {
      if (variable.path("key").asText().equals(key)) {
        return variable.path(member).asText("");
      }
    }
    return "";
  }

  private static String found(String id, App app, String key) {
    if (id.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND, "app " + app.slug() + " has no variable '" + key + "'");
    }
    return id;
  }

  /** The newest first. */
  public JsonNode versions(String id) {
    return client.call(ApiRequest.get("/api/env-vars/{id}/versions", id)).path("versions");
  }

  public JsonNode restore(String id, String versionId) {
    var path = "/api/env-vars/{id}/versions/{versionId}/restore";
    return client.call(ApiRequest.create(path, id, versionId)).path("env_var");
  }

  /** Secrets with a rule, those that are due first in front. */
  public ArrayNode rotations(boolean due, int limit) {
    var request = ApiRequest.get("/api/secret-rotations").query("due", due);
    return Pages.read(client, request, "rotations", limit);
  }

  public JsonNode rotation(String id) {
    return client.call(ApiRequest.get("/api/env-vars/{id}/rotation", id)).path("rotation");
  }

  public JsonNode setRotation(String id, ObjectNode rule) {
    var request = ApiRequest.of("PUT", "/api/env-vars/{id}/rotation", id).body(rule);
    return client.call(request).path("rotation");
  }

  public void dropRotation(String id) {
    client.call(ApiRequest.of("DELETE", "/api/env-vars/{id}/rotation", id));
  }

  /** Gives a secret a new value; what is sent may be one, so that a call is not repeated. */
  public JsonNode rotate(String id, ObjectNode wish) {
    return client.call(ApiRequest.post("/api/env-vars/{id}/rotate", id).body(wish)).path("env_var");
  }

  public JsonNode leases(String id, int limit) {
    var request = ApiRequest.get("/api/env-vars/{id}/leases", id).query("limit", limit);
    return client.call(request).path("leases");
  }

  public JsonNode revoke(String id, String leaseId) {
    var path = "/api/env-vars/{id}/leases/{leaseId}/revoke";
    return client.call(ApiRequest.create(path, id, leaseId)).path("lease");
  }
}
