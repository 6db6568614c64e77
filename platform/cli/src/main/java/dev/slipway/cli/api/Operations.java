package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Long-running work of the platform. */
public final class Operations {
  private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");

  private final ApiClient client;

  public Operations(ApiClient client) {
    this.client = client;
  }

  public static boolean hasEnded(JsonNode operation) {
    return ENDED.contains(operation.path("status").asText());
  }

  public static boolean hasSucceeded(JsonNode operation) {
    return operation.path("status").asText().equals("succeeded");
  }

  public JsonNode get(String id) {
    return client.call(ApiRequest.get("/api/operations/{id}", id)).path("operation");
  }

  public JsonNode steps(String id) {
    return client.call(ApiRequest.get("/api/operations/{id}/steps", id)).path("steps");
  }
}
