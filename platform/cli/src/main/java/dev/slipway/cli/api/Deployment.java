package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A deployment: what the client decides on, and everything that the platform has said. */
public record Deployment(String id, String appId, String status, JsonNode json) {
  private static final Set<String> ENDED =
      Set.of("live", "failed", "cancelled", "rejected", "rolled_back", "superseded");

  static Deployment of(JsonNode json) {
    return new Deployment(
        json.path("id").asText(), json.path("app_id").asText(), json.path("status").asText(), json);
  }

  /** A status that is not known counts as one that goes on. */
  public boolean hasEnded() {
    return isEnd(status);
  }

  static boolean isEnd(String status) {
    return ENDED.contains(status);
  }

  public boolean isLive() {
    return status.equals("live");
  }

  public @Nullable String errorMessage() {
    return json.path("error_message").asText(null);
  }

  /** Where it answers, or null when it has no address. */
  public @Nullable String url(App app) {
    var preview = json.path("preview_url").asText("");
    var address = preview.isEmpty() ? app.json().path("primary_domain").asText("") : preview;
    if (address.isEmpty()) {
      return null;
    }
    // A bare host name: an edge that wants TLS redirects, one that has none could not be reached.
    return address.contains("://") ? address : "http://" + address;
  }
}
