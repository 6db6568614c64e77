package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Feature bundles and plugins; for administrators of the root tenant. */
public final class Plugins {
  private static final String JAR = "application/java-archive";

  private final ApiClient client;

  public Plugins(ApiClient client) {
    this.client = client;
  }

  public JsonNode list(@Nullable String state, @Nullable String kind) {
    var request = admin(ApiRequest.get("/api/admin/plugins"));
    return client.call(request.query("state", state).query("kind", kind)).path("plugins");
  }

  public JsonNode install(Path jar, boolean enable) {
    var request = admin(ApiRequest.create("/api/admin/plugins"));
    return plugin(request.query("enable", enable).upload(jar, JAR));
  }

  public JsonNode update(String id, Path jar, boolean grant) {
    var request = admin(ApiRequest.of("PUT", "/api/admin/plugins/{id}", id));
    return plugin(request.query("grant", grant ? true : null).upload(jar, JAR));
  }

  /** What a jar would do. */
  public JsonNode outlook(Path jar) {
    return client.call(admin(ApiRequest.post("/api/admin/plugin-outlook")).upload(jar, JAR));
  }

  public JsonNode permissions(String id) {
    return client.call(admin(ApiRequest.get("/api/admin/plugins/{id}/permissions", id)));
  }

  public JsonNode grant(String id, JsonNode granted) {
    var body = JsonNodeFactory.instance.objectNode().set("granted", granted);
    var request = admin(ApiRequest.of("PUT", "/api/admin/plugins/{id}/permissions", id));
    return client.call(request.body(body));
  }

  public JsonNode enable(String id) {
    return plugin(admin(ApiRequest.post("/api/admin/plugins/{id}/enable", id)));
  }

  public JsonNode disable(String id, @Nullable Integer drainSeconds, boolean cascade) {
    var request = admin(ApiRequest.post("/api/admin/plugins/{id}/disable", id));
    return plugin(request.query("drain_seconds", drainSeconds).query("cascade", cascade));
  }

  public void remove(String id, boolean purge) {
    var request = admin(ApiRequest.of("DELETE", "/api/admin/plugins/{id}", id));
    client.call(request.query("purge", purge));
  }

  public JsonNode settings(String id) {
    return client.call(admin(ApiRequest.get("/api/admin/plugins/{id}/settings", id)));
  }

  public JsonNode configure(String id, JsonNode values) {
    var body = JsonNodeFactory.instance.objectNode().set("values", values);
    var request = admin(ApiRequest.of("PUT", "/api/admin/plugins/{id}/settings", id));
    return client.call(request.body(body));
  }

  /** What happens to plugins from now on. */
  public EventStream events() {
    return client.stream(admin(ApiRequest.get("/api/admin/plugins/events")));
  }

  private JsonNode plugin(ApiRequest request) {
    return client.call(request).path("plugin");
  }

  /** The right comes from the root tenant, whichever tenant the user works in. */
  private static ApiRequest admin(ApiRequest request) {
    return request.as(Access.USER);
  }
}
