package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** Apps and their variables. */
public final class Apps {
  /** Names are looked up in the list; a tenant with more apps than this has to use ids. */
  private static final int MAX_LOOKED_UP = 5_000;

  private static final String YAML = "application/yaml";

  private final ApiClient client;

  public Apps(ApiClient client) {
    this.client = client;
  }

  public App create(ObjectNode fields) {
    return App.of(client.call(ApiRequest.create("/api/apps").body(fields)).path("app"));
  }

  public ArrayNode list(int limit) {
    return Pages.read(client, ApiRequest.get("/api/apps"), "apps", limit);
  }

  public App get(String id) {
    return App.of(client.call(ApiRequest.get("/api/apps/{id}", id)).path("app"));
  }

  public App require(String reference) {
    return find(reference)
        .orElseThrow(
            () ->
                new CliException(ExitCode.NOT_FOUND, "no app '" + reference + "' in this tenant"));
  }

  /** By id, else by slug, else by a name that only one app has. */
  public Optional<App> find(String reference) {
    if (ApiClient.isId(reference)) {
      return Optional.of(get(reference));
    }
    var named = new ArrayList<App>();
    for (var json : list(MAX_LOOKED_UP)) {
      var app = App.of(json);
      if (app.slug().equals(reference)) {
        return Optional.of(app);
      }
      if (app.name().equals(reference)) {
        named.add(app);
      }
    }
    if (named.size() > 1) {
      throw CliException.usage("several apps are named '" + reference + "'; use the slug or id");
    }
    return named.stream().findFirst();
  }

  public App update(App app, ObjectNode changes) {
    var request = ApiRequest.of("PATCH", "/api/apps/{id}", app.id()).body(changes);
    return App.of(client.call(request).path("app"));
  }

  /** Gives the operation's id. */
  public String delete(App app, boolean purgeVolumes) {
    var request =
        ApiRequest.of("DELETE", "/api/apps/{id}", app.id())
            .query("volumes", purgeVolumes ? "purge" : null);
    var answer = client.call(request);
    return answer.path("operation_id").asText();
  }

  /** The app as a YAML file. */
  public String export(App app) {
    return client.text(ApiRequest.get("/api/apps/{appId}/export", app.id()));
  }

  /** What a YAML file would change. */
  public JsonNode plan(Path file) {
    return client.call(ApiRequest.post("/api/apps/plan").upload(file, YAML));
  }

  /** Does what a YAML file says, to the state that was planned for. */
  public JsonNode apply(Path file, String fingerprint) {
    var request = ApiRequest.create("/api/apps/apply").query("fingerprint", fingerprint);
    return client.call(request.upload(file, YAML));
  }

  /** A new deploy token; nobody can ask for it again, so that a call is not repeated either. */
  public String deployToken(App app, String name) {
    var wish = JsonNodeFactory.instance.objectNode().put("name", name);
    var request = ApiRequest.post("/api/apps/{appId}/deploy-tokens", app.id()).body(wish);
    return client.call(request).path("token").asText();
  }

  public JsonNode variables(App app) {
    return client.call(ApiRequest.get("/api/apps/{appId}/env-vars", app.id())).path("env_vars");
  }

  public JsonNode addVariable(App app, ObjectNode variable) {
    var request = ApiRequest.create("/api/apps/{appId}/env-vars", app.id()).body(variable);
    return client.call(request).path("env_var");
  }

  public JsonNode changeVariable(App app, String id, ObjectNode changes) {
    var path = "/api/apps/{appId}/env-vars/{id}";
    return client.call(ApiRequest.of("PATCH", path, app.id(), id).body(changes)).path("env_var");
  }

  public void dropVariable(App app, String id) {
    client.call(ApiRequest.of("DELETE", "/api/apps/{appId}/env-vars/{id}", app.id(), id));
  }

  /**
   * LogLine events, from the last {@code tail} lines on.
   *
   * @param follow whether for long, so that another connection than that for calls is worth it
   */
  public EventStream logs(App app, int tail, boolean follow) {
    var request = ApiRequest.get("/api/apps/{appId}/logs/stream", app.id()).query("tail", tail);
    return follow ? client.logs(request, app.id(), tail) : client.stream(request);
  }
}
