package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/** Volumes of apps, and the data that outlived some. */
public final class Volumes {
  private final ApiClient client;

  public Volumes(ApiClient client) {
    this.client = client;
  }

  public JsonNode ofApp(App app) {
    return client.call(ApiRequest.get("/api/apps/{appId}/volumes", app.id())).path("volumes");
  }

  /**
   * What was kept when volumes, environments and apps were deleted.
   *
   * @param app its id, also of an app that is gone; null = of all
   * @param server its id; null = on all
   */
  public ArrayNode kept(@Nullable String app, @Nullable String server, int limit) {
    var request =
        ApiRequest.get("/api/kept-volumes").query("app_id", app).query("server_id", server);
    return Pages.read(client, request, "kept_volumes", limit);
  }

  public JsonNode kept(String id) {
    return client.call(ApiRequest.get("/api/kept-volumes/{id}", id)).path("kept_volume");
  }

  /** Deletes what was kept; gives the operation's id. */
  public String purge(String id) {
    var answer = client.call(ApiRequest.of("DELETE", "/api/kept-volumes/{id}", id));
    return answer.path("operation_id").asText();
  }
}
