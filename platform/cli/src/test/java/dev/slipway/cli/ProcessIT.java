package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakeApps.Ending;
import dev.slipway.cli.fake.FakeApps.LogConnection;
import dev.slipway.cli.fake.FakePlatform;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private User user;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    platform.apps.add("Shop", "git");
    user = new User(temporary, platform.url());
    user.typing(FakeAccounts.PASSWORD)
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void processesAreSetShownAndRemoved() {
    assertThat(user.run("app", "process", "list", "shop").err()).contains("no processes");
    var set = user.run("app", "process", "set", "shop", "worker", "--command", "bin/worker -q");
    assertThat(set.exit()).as(set.err()).isZero();
    assertThat(set.out()).contains("set process worker of shop");
    user.run("app", "process", "set", "shop", "clock", "--command", "x", "--replicas", "0");
    assertThat(platform.processes.processes.get("clock").path("replicas").asInt()).isZero();
    assertThat(user.run("app", "process", "list", "shop").out())
        .contains("NAME", "worker", "bin/worker -q", "clock");
    assertThat(user.run("app", "process", "list", "shop", "-o", "json").json()).hasSize(2);
    assertThat(user.run("app", "process", "remove", "shop", "clock").exit()).isZero();
    assertThat(user.run("app", "process", "remove", "shop", "clock").exit()).isEqualTo(4);
    assertThat(user.run("app", "process", "set", "shop", "worker").exit()).isEqualTo(2);
    var web = user.run("app", "process", "set", "shop", "web", "--command", "x");
    assertThat(web.exit()).isEqualTo(1);
    assertThat(web.err()).contains("name");
  }

  @Test
  void whatRunsIsShownWithItsRestarts() {
    user.run("app", "process", "set", "shop", "worker", "--command", "bin/worker");
    assertThat(user.run("app", "instances", "shop").out())
        .contains("STATE", "worker", "restarting", "3", "exited with code 1");
  }

  @Test
  void theLogOfOneProcessIsShown() {
    platform.apps.logConnections.add(
        new LogConnection(
            line(1, "deploy-app-shop-0123456789ab", "of the web")
                + line(2, "deploy-app-shop-0123456789ab-worker-1", "of the worker"),
            Ending.CLOSED));
    assertThat(user.run("logs", "shop", "--process", "worker").lines())
        .containsExactly("of the worker");
    platform.apps.logConnections.add(
        new LogConnection(
            line(1, "deploy-app-shop-0123456789ab-2", "of the web")
                + line(2, "deploy-app-shop-0123456789ab-worker-1", "of the worker"),
            Ending.CLOSED));
    assertThat(user.run("logs", "shop", "--process", "web").lines()).containsExactly("of the web");
  }

  private static String line(int id, String container, String message) {
    return "id: "
        + id
        + "\nevent: log\ndata: {\"sequence\":"
        + id
        + ",\"message\":\""
        + message
        + "\",\"container\":\""
        + container
        + "\"}\n\n";
  }
}
