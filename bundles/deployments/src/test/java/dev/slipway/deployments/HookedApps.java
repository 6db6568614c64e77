package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.RUN_RELEASE_HOOK;

import dev.slipway.fleet.CommandType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Apps with a release hook, on servers whose agents run those. */
final class HookedApps {
  static final String COMMAND = "./migrate up";

  private HookedApps() {}

  /**
   * A server with an edge that can divide requests, whose agent says that it takes all commands.
   */
  static TestAgent agent(TestDeployments test) {
    var all =
        Arrays.stream(CommandType.values())
            .map(type -> Integer.toString(type.number()))
            .collect(Collectors.joining(","));
    return test.agent(
        test.tenant,
        "{\"runtime\":\"docker\",\"edge_url\":\"http://127.0.0.1:8000\","
            + "\"public_host\":\"localhost\",\"weighted_routes\":true,\"commands\":["
            + all
            + "]}");
  }

  /** An app with a hook. */
  static UUID app(TestDeployments test, TestAgent agent) {
    var app = test.app(agent);
    set(test, app, COMMAND);
    return app;
  }

  static void set(TestDeployments test, UUID app, String... commands) {
    var body = Map.of("commands", List.of(commands), "timeout_seconds", 60);
    expect(200, test.user.put("/api/apps/" + app + "/release-hook", body));
  }

  /** How often an agent was told to run one. */
  static int runs(TestAgent agent) {
    return agent.seen(RUN_RELEASE_HOOK).size();
  }
}
