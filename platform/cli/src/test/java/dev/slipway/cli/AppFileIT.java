package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakeAppFiles;
import dev.slipway.cli.fake.FakePlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppFileIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private User user;
  private String file;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    user = new User(temporary, platform.url());
    user.typing(FakeAccounts.PASSWORD)
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
    file = Files.writeString(temporary.resolve("slipway.yaml"), FakeAppFiles.FILE).toString();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void anAppIsExportedToStdoutOrIntoAFile() throws IOException {
    platform.apps.add("Shop", "git");
    assertThat(user.run("app", "export", "shop").out()).isEqualTo(FakeAppFiles.FILE);
    assertThat(user.run("app", "export", "shop", "-o", "json").json().asText())
        .isEqualTo(FakeAppFiles.FILE);
    var target = temporary.resolve("out.yaml");
    var run = user.run("app", "export", "shop", "--file", target.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(target).hasContent(FakeAppFiles.FILE);
    assertThat(user.run("app", "export", "nobody").exit()).isEqualTo(4);
    assertThat(user.run("app", "export", "shop", "-f", temporary.toString()).exit()).isEqualTo(1);
  }

  @Test
  void aPlanIsShownAndChangesNothing() {
    platform
        .files
        .change("change", "run.replicas", 1, 2)
        .change("add", "variables.LEVEL", null, "debug")
        .change("remove", "environments.old", Map.of("name", "Old"), null);
    platform.files.plan.withArray("values_needed").add("variables.PASSWORD");
    var run = user.run("app", "plan", file);
    assertThat(run.exit()).isZero();
    assertThat(run.lines())
        .containsExactly(
            "~ run.replicas: 1 -> 2",
            "+ variables.LEVEL: \"debug\"",
            "- environments.old: {\"name\":\"Old\"}");
    assertThat(run.err()).contains("variables.PASSWORD is a secret without a value yet");
    assertThat(user.run("app", "plan", file, "-o", "json").json().path("changes")).hasSize(3);
    assertThat(user.run("app", "plan", file, "--detailed-exitcode").exit()).isEqualTo(2);
    assertThat(platform.files.applied).isEmpty();
  }

  @Test
  void whatBecomesOfDataIsShown() {
    platform.files.change("remove", "volumes.data", "/data", null);
    var change = (ObjectNode) platform.files.plan.at("/changes/0");
    change.put("note", "what it holds is kept");
    platform.files.plan.withArray("values_needed").add("registries.registry.example.com");
    var run = user.run("app", "plan", file);
    assertThat(run.lines()).containsExactly("- volumes.data: \"/data\" (what it holds is kept)");
    assertThat(run.err()).contains("credentials of the registry registry.example.com are missing");
  }

  @Test
  void nothingToDoIsSaid() {
    var run = user.run("app", "plan", file, "--detailed-exitcode");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("nothing changes");
    assertThat(user.run("app", "apply", file).out()).contains("shop is as the file says");
  }

  @Test
  void aFileIsAppliedAsPlanned() {
    platform.files.change("change", "run.replicas", 1, 2);
    var run = user.run("app", "apply", file, "--yes");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("~ run.replicas: 1 -> 2", "applied to shop");
    assertThat(platform.files.applied).containsExactly(FakeAppFiles.FILE);
    var json = user.run("app", "apply", file, "--yes", "-o", "json");
    assertThat(json.json().at("/changes/0/path").asText()).isEqualTo("run.replicas");
  }

  @Test
  void driftAndConflictsEndWith1() {
    platform.files.change("change", "run.replicas", 1, 2);
    platform.files.drifting = true;
    var drifted = user.run("app", "apply", file, "--yes");
    assertThat(drifted.exit()).isEqualTo(1);
    assertThat(drifted.err()).contains("has changed since");
    platform.files.drifting = false;
    platform
        .files
        .plan
        .withArray("conflicts")
        .addObject()
        .put("path", "environments.live.hostname")
        .put("code", "apps.environment.hostname-in-use")
        .put("message", "The host name leads somewhere else already.");
    assertThat(user.run("app", "plan", file, "--detailed-exitcode").exit()).isEqualTo(1);
    var refused = user.run("app", "apply", file, "--yes");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("environments.live.hostname: The host name leads");
    assertThat(platform.files.applied).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsWrongUsage() {
    assertThat(user.run("app", "plan", temporary.resolve("none.yaml").toString()).exit())
        .isEqualTo(2);
    assertThat(user.run("app", "apply", temporary.toString()).exit()).isEqualTo(2);
  }
}
