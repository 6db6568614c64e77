package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private User user;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    user = new User(temporary, platform.url());
    user.typing(FakeAccounts.PASSWORD)
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
    platform.apps.add("shop", "git");
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
  void theLogOfAnEnvironmentIsThatOfItsContainers() {
    var staging = platform.environments.add("staging", "Staging").path("id").asText();
    platform.apps.logConnections.add(
        new LogConnection(
            line(1, "deploy-app-shop-0123456789ab", "of production")
                + line(2, "deploy-app-shop--staging-0123456789ab-1", "of staging")
                + line(
                    3,
                    "deploy-app-a-very-long-name--" + staging.substring(24) + "-0123456789ab",
                    "of a long name")
                + line(4, "deploy-app-shop--staging-two-0123456789ab", "of another"),
            Ending.CLOSED));
    var run = user.run("logs", "shop", "--environment", "staging");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.lines()).containsExactly("of staging", "of a long name");
    assertThat(user.run("logs", "shop", "--environment", "nowhere").exit()).isEqualTo(4);
  }

  private static String line(int id, String container, String message) {
    return "id: %d\nevent: log\ndata: {\"container\":\"%s\",\"message\":\"%s\"}\n\n"
        .formatted(id, container, message);
  }
}
