package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.deployments.TestAgent.Reply;
import dev.slipway.deployments.TestAgent.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** An app with a version that is live, on a server whose edge can divide requests. */
final class Rollout {
  final TestDeployments test;
  final TestAgent agent;
  final UUID app;
  final UUID live;
  final int replicas;

  private Rollout(TestDeployments test, TestAgent agent, UUID app, UUID live, int replicas) {
    this.test = test;
    this.agent = agent;
    this.app = app;
    this.live = live;
    this.replicas = replicas;
  }

  static Rollout of(TestDeployments test, int replicas) {
    return on(test, test.weighing(), replicas);
  }

  static Rollout on(TestDeployments test, TestAgent agent, int replicas) {
    var app = test.emptyApp(agent, Map.of("replicas", replicas));
    test.upload(app, "Dockerfile", "FROM scratch\n");
    var live = test.live(app);
    test.upload(app, "Dockerfile", "FROM scratch\nLABEL version=2\n");
    test.until("all is quiet", () -> !test.step());
    agent.forget();
    return new Rollout(test, agent, app, live, replicas);
  }

  /** Sets the app's policy. */
  Rollout by(Map<String, Object> policy) {
    expect(201, test.user.post("/api/apps/" + app + "/rollout-policy", policy));
    return this;
  }

  Rollout canary(int... weights) {
    var steps = new ArrayList<Map<String, Integer>>();
    for (var weight : weights) {
      steps.add(Map.of("weight_percent", weight, "pause_seconds", 600));
    }
    var policy = new HashMap<String, Object>();
    policy.put("strategy", "canary");
    policy.put("steps", steps);
    policy.put("bake_seconds", 600);
    policy.put("max_error_rate_percent", 5);
    return by(policy);
  }

  /** Names of a version's containers. */
  List<String> containers(UUID deployment) {
    var name = "deploy-app-" + test.app(app).slug() + "-" + deployment.toString().substring(24);
    return replicas == 1
        ? List.of(name)
        : IntStream.rangeClosed(1, replicas).mapToObj(number -> name + "-" + number).toList();
  }

  String container(UUID deployment) {
    return containers(deployment).getFirst();
  }

  /** How each route was led so far: who had which share. */
  List<Map<String, Integer>> led() {
    return agent.seen(ROUTE_ADD).stream().map(Rollout::shares).toList();
  }

  Map<String, Integer> ledLast() {
    return led().getLast();
  }

  static Map<String, Integer> shares(Seen route) {
    var shares = new HashMap<String, Integer>();
    for (JsonNode share : route.payload().path("shares")) {
      shares.put(share.path("upstream_host").asText(), share.path("weight").asInt());
    }
    return shares.isEmpty() ? Map.of(route.text("upstream_host"), 1) : shares;
  }

  static boolean isDivided(Seen route) {
    return route.payload().has("shares");
  }

  static boolean isCheck(Seen deploy) {
    return deploy.payload().path("health_check_only").asBoolean();
  }

  /** The kind of the step that goes on; empty where none does. */
  String step(UUID deployment) {
    var found =
        test.query(
            "select kind from deployments_step where status = 'running' and run_id = '"
                + deployment
                + "'");
    return found.isEmpty() ? "" : found.getFirst();
  }

  void untilStep(UUID deployment, String kind) {
    test.until("it comes to " + kind, () -> step(deployment).equals(kind));
  }

  /** The time of a watch has passed, and the agent has told of all of it. */
  void elapse(UUID deployment) {
    untilStep(deployment, "watch");
    pass(deployment);
  }

  /** The same where it is in one; a script that is asked meanwhile may end it. */
  private void pass(UUID deployment) {
    test.sql(
        "update deployments_step set deadline_at = now() - interval '10 seconds'"
            + " where kind = 'watch' and status = 'running' and run_id = '"
            + deployment
            + "'");
    test.sql(
        "update fleet_server set last_heartbeat_at = now() - interval '5 seconds' where id = '"
            + agent.server()
            + "'");
    test.wiring().watch.run();
  }

  /** The numbers of the last heartbeats can be read. */
  void untilCounted(String container, long requests) {
    test.until(
        requests + " requests of " + container + " are counted",
        () ->
            test.query(
                    "select coalesce(sum(request_count), 0)::text from fleet_route_sample"
                        + " where container_name = '"
                        + container
                        + "'")
                .equals(List.of(Long.toString(requests))));
  }

  /** All leads to the version before again, and nothing is left of the new one. */
  void untilBack(UUID deployment) {
    test.until(
        "the way back is over",
        () ->
            test.query(
                    "select id from deployments_action where status = 'running' and app_id = '"
                        + app
                        + "'")
                .isEmpty());
    test.until(
        "the new version is gone",
        () ->
            test.query(
                    "select id from deployments_instance where deployment_id = '"
                        + deployment
                        + "'")
                .isEmpty());
  }

  /** Whom the edge ought to lead to, as it is kept. */
  List<String> kept() {
    return test.query(
        "select container_name || ' ' || jsonb_array_length(shares) from deployments_route"
            + " where app_id = '"
            + app
            + "'");
  }

  /** Has the agent say nothing at a step of a rollout. */
  void silence(String step, UUID old) {
    var before = containers(old);
    switch (step) {
      case "deploy" ->
          agent.on(
              APP_DEPLOY, seen -> isCheck(seen) ? Reply.completed("healthy") : Reply.silence());
      case "health", "gate" ->
          agent.on(APP_DEPLOY, seen -> isCheck(seen) ? Reply.silence() : Reply.completed("id"));
      case "shift" ->
          agent.on(ROUTE_ADD, seen -> isDivided(seen) ? Reply.silence() : Reply.completed("ok"));
      case "route" ->
          agent.on(
              ROUTE_ADD,
              seen ->
                  isDivided(seen) || before.contains(seen.text("upstream_host"))
                      ? Reply.completed("ok")
                      : Reply.silence());
      default -> throw new IllegalArgumentException(step);
    }
  }

  void heal() {
    agent.heal(APP_DEPLOY);
    agent.heal(ROUTE_ADD);
  }

  /** Leads a canary with one step to a point, and leaves it there. */
  UUID canaryAt(String point) {
    canary(20);
    switch (point) {
      case "deploy", "health", "shift", "route" -> silence(point, live);
      default -> {}
    }
    var id = test.deploy(app);
    if (List.of("gate", "route", "bake").contains(point)) {
      untilStep(id, "watch");
      if (point.equals("gate")) {
        silence("gate", live);
      }
      elapse(id);
    }
    var kind = point.equals("bake") ? "watch" : point;
    test.until(
        "it is at " + point,
        () ->
            step(id).equals(kind)
                && (!point.equals("bake") || led().getLast().equals(Map.of(container(id), 1))));
    return id;
  }

  /** Goes on from any point to the end. */
  void finish(UUID deployment) {
    test.until(
        deployment + " is live",
        () -> {
          if (step(deployment).equals("watch")) {
            pass(deployment);
          }
          return test.status(deployment).equals("live");
        });
  }
}
