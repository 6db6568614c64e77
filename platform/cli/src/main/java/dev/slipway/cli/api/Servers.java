package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;

/** Servers that the tenant can see. */
public final class Servers {
  private static final int MAX_LOOKED_UP = 5_000;

  private final ApiClient client;

  public Servers(ApiClient client) {
    this.client = client;
  }

  public ArrayNode list(int limit) {
    return Pages.read(client, ApiRequest.get("/api/servers"), "servers", limit);
  }

  /** By id or name. */
  public JsonNode require(String reference) {
    if (ApiClient.isId(reference)) {
      return client.call(ApiRequest.get("/api/servers/{id}", reference)).path("server");
    }
    for (var server : list(MAX_LOOKED_UP)) {
      if (server.path("name").asText().equals(reference)) {
        return server;
      }
    }
    throw new CliException(ExitCode.NOT_FOUND, "no server '" + reference + "' in this tenant");
  }
}
