package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** An app: what the client decides on, and everything that the platform has said. */
public record App(String id, String name, String slug, String sourceType, JsonNode json) {

  static App of(JsonNode json) {
    return new App(
        json.path("id").asText(),
        json.path("name").asText(),
        json.path("slug").asText(),
        json.path("source_type").asText(),
        json);
  }

  /** One of which nothing is known besides its id. */
  public static App known(String id) {
    return new App(id, id, id, "git", MissingNode.getInstance());
  }

  public String status() {
    return json.path("status").asText();
  }
}
