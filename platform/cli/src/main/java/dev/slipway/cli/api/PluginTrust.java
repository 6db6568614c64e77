package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Whose plugins may run; for administrators of the root tenant. */
public final class PluginTrust {
  private static final String KEYS = "/api/admin/plugin-trust/keys";
  private static final String FILES = "/api/admin/plugin-trust/revoked-files";

  private final ApiClient client;

  public PluginTrust(ApiClient client) {
    this.client = client;
  }

  public JsonNode get() {
    return client.call(admin(ApiRequest.get("/api/admin/plugin-trust")));
  }

  public JsonNode add(String name, String publicKey) {
    var body = JsonNodeFactory.instance.objectNode().put("name", name).put("public_key", publicKey);
    return client.call(admin(ApiRequest.create(KEYS)).body(body)).path("key");
  }

  public void remove(String id) {
    client.call(admin(ApiRequest.of("DELETE", KEYS + "/{id}", id)));
  }

  public JsonNode revoke(String id, String reason) {
    var body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    return client.call(admin(ApiRequest.post(KEYS + "/{id}/revoke", id)).body(body)).path("key");
  }

  public JsonNode revokeFile(String digest, String reason) {
    var body = JsonNodeFactory.instance.objectNode().put("digest", digest).put("reason", reason);
    return client.call(admin(ApiRequest.create(FILES)).body(body)).path("file");
  }

  /** The right comes from the root tenant, whichever tenant the user works in. */
  private static ApiRequest admin(ApiRequest request) {
    return request.as(Access.USER);
  }
}
