package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_STOP;

import dev.slipway.apps.Environment;
import dev.slipway.testkit.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Environments of apps, by the calls of their users. */
public final class TestEnvironments {
  private final TestDeployments test;

  public TestEnvironments(TestDeployments test) {
    this.test = test;
  }

  /** A new environment of an app, called by its stage. */
  public UUID add(UUID app, String stage, Map<String, Object> settings) {
    var body = new HashMap<String, Object>(Map.of("name", stage, "stage", stage));
    body.putAll(settings);
    var answer = expect(201, test.user.post("/api/apps/" + app + "/environments", body));
    return UUID.fromString(answer.at("/environment/id"));
  }

  public UUID add(UUID app, String stage) {
    return add(app, stage, Map.of());
  }

  public static String deployments(UUID environment) {
    return "/api/environments/" + environment + "/deployments";
  }

  /** Asks for a deployment into an environment. */
  public Answer ask(UUID environment, Map<String, Object> wish) {
    return test.user.post(deployments(environment), wish);
  }

  public UUID deploy(UUID environment, Map<String, Object> wish) {
    return UUID.fromString(expect(202, ask(environment, wish)).at("/deployment/id"));
  }

  /** Deploys, and waits until it is live. */
  public UUID live(UUID environment) {
    return live(environment, Map.of());
  }

  public UUID live(UUID environment, Map<String, Object> wish) {
    var id = deploy(environment, wish);
    test.untilStatus(id, "live");
    return id;
  }

  public UUID promoted(UUID environment, UUID from) {
    return live(environment, Map.of("promote_from_deployment_id", from));
  }

  /** Sets a secret of an environment. */
  public void secret(UUID environment, String key, String value) {
    var variable = Map.of("key", key, "value", value, "is_secret", true);
    expect(
        200,
        test.user.put(
            "/api/environments/" + environment + "/env-vars",
            Map.of("variables", List.of(variable))));
  }

  public Environment get(UUID id) {
    return test.environments.require(test.scope, id);
  }

  public void name(UUID app, UUID environment, String hostname) {
    expect(
        200,
        test.user.put(
            "/api/apps/" + app + "/environments/" + environment + "/hostname",
            Map.of("hostname", hostname)));
  }

  public Answer remove(UUID app, UUID environment) {
    return test.user.delete("/api/apps/" + app + "/environments/" + environment);
  }

  String container(UUID app, UUID deployment) {
    return "deploy-app-" + test.app(app).slug() + "-" + DeployFlowIT.shortId(deployment);
  }

  /** Each host name of an app and the container that it ought to lead to. */
  List<String> routes(UUID app) {
    return test.query(
        "select domain || ' ' || container_name from deployments_route where app_id = '"
            + app
            + "' order by domain");
  }

  void untilRemoved(TestAgent agent, String container) {
    test.until(
        container + " is removed",
        () ->
            agent.seen(APP_STOP).stream()
                    .anyMatch(seen -> seen.text("container_name").equals(container))
                && test.query(
                        "select name from deployments_instance where name = '" + container + "'")
                    .isEmpty());
  }
}
