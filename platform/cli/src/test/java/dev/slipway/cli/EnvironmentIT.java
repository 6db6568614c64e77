package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakeApps.Ending;
import dev.slipway.cli.fake.FakeApps.LogConnection;
import dev.slipway.cli.fake.FakePlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private User user;
  private ObjectNode shop;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    user = new User(temporary, platform.url());
    user.typing(FakeAccounts.PASSWORD)
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
    shop = platform.apps.add("shop", "git");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void aFolderIsDeployedIntoAnEnvironment() throws IOException {
    var staging = platform.environments.add("staging", "Stage One").path("id").asText();
    var folder = Files.createDirectory(temporary.resolve("shop"));
    Files.writeString(folder.resolve("index.html"), "hello");
    for (var reference : new String[] {"staging", "Stage One", staging}) {
      var run = user.run("deploy", folder.toString(), "--environment", reference, "-o", "json");
      assertThat(run.exit()).as(run.err()).isZero();
      var made = run.lastLine().path("deployment").asText();
      var shown = user.run("deployment", "show", made, "-o", "json").json();
      assertThat(shown.path("environment_id").asText()).isEqualTo(staging);
    }
    var unknown = user.run("deploy", folder.toString(), "--environment", "nowhere");
    assertThat(unknown.exit()).isEqualTo(4);
    assertThat(unknown.err()).contains("app shop has no environment 'nowhere'");
  }

  @Test
  void whatIsLiveIsPromoted() {
    var staging = platform.environments.add("staging", "Staging");
    var live = platform.environments.add("live", "Live");
    assertThat(user.run("deployment", "promote", "shop", "--to", "live").exit())
        .as("from nowhere")
        .isEqualTo(2);
    live.put("promotes_from_id", staging.path("id").asText());
    var none = user.run("deployment", "promote", "shop", "--to", "live");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("nothing is live");
    staging.put("current_deployment_id", "d-1");
    for (var arguments : List.of(List.of("live"), List.of("Live", "--from", "staging"))) {
      var command = new ArrayList<>(List.of("deployment", "promote", "shop", "-o", "json", "--to"));
      command.addAll(arguments);
      var run = user.run(command.toArray(String[]::new));
      assertThat(run.exit()).as(run.err()).isZero();
      var made = run.lastLine().path("deployment").asText();
      var shown = user.run("deployment", "show", made, "-o", "json").json();
      assertThat(shown.path("promoted_from").asText()).isEqualTo("d-1");
      assertThat(shown.path("environment_id").asText()).isEqualTo(live.path("id").asText());
    }
  }

  @Test
  void theLogOfAnEnvironmentIsThatOfItsDeployments() {
    var staging = platform.environments.add("staging", "Staging").path("id").asText();
    var other = platform.environments.add("staging-two", "Another").path("id").asText();
    platform.apps.logConnections.add(
        new LogConnection(
            line(1, deployment(null), "of production")
                + line(2, deployment(staging), "of staging")
                + line(3, deployment(staging), "of a later version")
                + line(4, deployment(other), "of another")
                + line(5, "gone", "of one that is gone")
                + "id: 6\nevent: log\ndata: {\"message\":\"of nothing\"}\n\n",
            Ending.CLOSED));
    var run = user.run("logs", "shop", "--environment", "staging");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.lines()).containsExactly("of staging", "of a later version");
    assertThat(user.run("logs", "shop", "--environment", "nowhere").exit()).isEqualTo(4);
  }

  private String deployment(@Nullable String environment) {
    var made = platform.deployments.add(shop);
    made.put("environment_id", environment);
    return made.path("id").asText();
  }

  private static String line(int id, String deployment, String message) {
    return "id: %d\nevent: log\ndata: {\"deployment_id\":\"%s\",\"message\":\"%s\"}\n\n"
        .formatted(id, deployment, message);
  }
}
