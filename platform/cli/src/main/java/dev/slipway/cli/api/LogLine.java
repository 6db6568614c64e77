package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/** A line of a log. */
public record LogLine(String observedAt, String stream, String phase, String message) {

  public static LogLine of(JsonNode json) {
    return new LogLine(
        json.path("observed_at").asText(),
        json.path("stream").asText(),
        json.path("phase").asText(),
        json.path("message").asText());
  }
}
