package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Deployments of apps, the sources that they are made from, and their logs. */
public final class Deployments {
  private static final int LOG_PAGE = 1000;

  private final ApiClient client;

  public Deployments(ApiClient client) {
    this.client = client;
  }

  /** Uploads a gzipped tar as the app's next source version; gives the archive with its commit. */
  public JsonNode upload(App app, Path archive, @Nullable String message) {
    var request =
        ApiRequest.create("/api/apps/{appId}/source-archives", app.id())
            .query("message", message)
            .upload(archive, "application/gzip");
    return client.call(request).path("archive");
  }

  public Deployment start(App app, ObjectNode body) {
    var request = ApiRequest.create("/api/apps/{appId}/deployments", app.id()).body(body);
    return Deployment.of(client.call(request).path("deployment"));
  }

  public Deployment get(String id) {
    return Deployment.of(
        client.call(ApiRequest.get("/api/deployments/{id}", id)).path("deployment"));
  }

  /** How it stands now. */
  public Deployment again(Deployment deployment) {
    var request =
        ApiRequest.get("/api/apps/{appId}/deployments/{id}", deployment.appId(), deployment.id());
    return Deployment.of(client.call(request).path("deployment"));
  }

  /** The latest ones, of one app or of all. */
  public ArrayNode list(@Nullable App app, @Nullable String status, int limit) {
    var request =
        app == null
            ? ApiRequest.get("/api/deployments")
            : ApiRequest.get("/api/apps/{appId}/deployments", app.id());
    return Pages.read(client, request.query("status", status), "deployments", limit);
  }

  /**
   * Brings an earlier version back.
   *
   * @param environment slug of where; null = production, or where that version was live
   * @param to a deployment; null = the version before
   */
  public Deployment rollback(
      App app, @Nullable String environment, @Nullable String to, @Nullable String reason) {
    var body = JsonNodeFactory.instance.objectNode();
    if (environment != null) {
      body.put("environment", environment);
    }
    if (to != null) {
      body.put("deployment_id", to);
    }
    if (reason != null) {
      body.put("reason", reason);
    }
    var request = ApiRequest.create("/api/apps/{appId}/rollback", app.id()).body(body);
    return Deployment.of(client.call(request).path("deployment"));
  }

  /** Asks for {@code restart}, {@code stop} or {@code start}; gives the operation's id. */
  public String command(App app, String verb) {
    var request = ApiRequest.create("/api/apps/{appId}/" + verb, app.id());
    return client.call(request).path("operation_id").asText();
  }

  public EventStream progress(Deployment deployment) {
    var request =
        ApiRequest.get(
            "/api/apps/{appId}/deployments/{deploymentId}/progress",
            deployment.appId(),
            deployment.id());
    return client.progress(request, deployment.id());
  }

  public LogPage log(Deployment deployment, long after) {
    var request =
        ApiRequest.get(
                "/api/apps/{appId}/deployments/{deploymentId}/logs",
                deployment.appId(),
                deployment.id())
            .query("cursor", after)
            .query("limit", LOG_PAGE);
    var answer = client.call(request);
    var lines = new ArrayList<LogLine>();
    var next = after;
    for (var line : answer.path("logs")) {
      lines.add(LogLine.of(line));
      next = line.path("sequence").asLong(next);
    }
    var full = lines.size() >= LOG_PAGE;
    // The status was read before the lines were.
    return new LogPage(
        lines, next, !full && Deployment.isEnd(answer.path("status").asText()), full);
  }
}
