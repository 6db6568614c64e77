package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;

/** Environments of apps. */
public final class Environments {
  private final ApiClient client;

  public Environments(ApiClient client) {
    this.client = client;
  }

  /** By id, slug or name. */
  public JsonNode require(App app, String reference) {
    var all = client.call(ApiRequest.get("/api/apps/{appId}/environments", app.id()));
    for (var environment : all.path("environments")) {
      for (var member : new String[] {"id", "slug", "name"}) {
        if (environment.path(member).asText().equals(reference)) {
          return environment;
        }
      }
    }
    throw new CliException(
        ExitCode.NOT_FOUND, "app " + app.slug() + " has no environment '" + reference + "'");
  }

  /** Ships what is live elsewhere into an environment, as it was built. */
  public Deployment promote(JsonNode environment, String deploymentId) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("promote_from_deployment_id", deploymentId);
    var path = "/api/environments/{envId}/deployments";
    var request = ApiRequest.create(path, environment.path("id").asText()).body(body);
    return Deployment.of(client.call(request).path("deployment"));
  }
}
