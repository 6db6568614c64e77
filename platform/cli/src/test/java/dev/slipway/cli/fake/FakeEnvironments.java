package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.id;
import static dev.slipway.cli.fake.FakePlatform.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Environments of the one app. */
public final class FakeEnvironments {
  private final List<ObjectNode> environments = new CopyOnWriteArrayList<>();
  private final FakeApps apps;
  private final FakeDeployments deployments;

  FakeEnvironments(FakeApps apps, FakeDeployments deployments) {
    this.apps = apps;
    this.deployments = deployments;
  }

  public ObjectNode add(String slug, String name) {
    var environment = object().put("id", id()).put("slug", slug).put("name", name);
    environment.putNull("promotes_from_id").putNull("current_deployment_id");
    environments.add(environment);
    return environment;
  }

  void routes(FakePlatform platform) {
    platform.on("GET", "/api/apps/{}/environments", Needs.TENANT, this::list);
    platform.on("POST", "/api/environments/{}/deployments", Needs.TENANT, this::promote);
  }

  private void list(Call call) throws IOException {
    apps.app(call);
    call.answer(200, "environments", JsonNodeFactory.instance.arrayNode().addAll(environments));
  }

  private void promote(Call call) throws IOException {
    FakeApps.key(call);
    var from = call.json("promote_from_deployment_id!").path("promote_from_deployment_id");
    var app = apps.apps.values().iterator().next();
    var made = deployments.add(app).put("environment_id", call.path.getFirst());
    call.answer(202, "deployment", made.put("promoted_from", from.asText()));
  }
}
