package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/** Processes of apps, and what runs of them. */
public final class Processes {
  private static final String ONE = "/api/apps/{appId}/processes/{name}";

  private final ApiClient client;

  public Processes(ApiClient client) {
    this.client = client;
  }

  public JsonNode list(App app) {
    return client.call(ApiRequest.get("/api/apps/{appId}/processes", app.id())).path("processes");
  }

  /**
   * Says how a process runs from the next deployment on.
   *
   * @param replicas null = 1
   */
  public JsonNode set(App app, String name, String command, @Nullable Integer replicas) {
    var fields = JsonNodeFactory.instance.objectNode().put("command", command);
    if (replicas != null) {
      fields.put("replicas", replicas);
    }
    return client.call(ApiRequest.of("PUT", ONE, app.id(), name).body(fields)).path("process");
  }

  public void remove(App app, String name) {
    client.call(ApiRequest.of("DELETE", ONE, app.id(), name));
  }

  /** The instances of an app, and how each is. */
  public JsonNode instances(App app) {
    return client.call(ApiRequest.get("/api/apps/{appId}/instances", app.id())).path("instances");
  }
}
