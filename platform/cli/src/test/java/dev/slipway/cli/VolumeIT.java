package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakePlatform;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private User user;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    user = new User(temporary, platform.url());
    user.typing(FakeAccounts.PASSWORD)
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void volumesOfAnAppAreShown() {
    platform.apps.add("shop", "git");
    assertThat(user.run("volume", "list", "shop").out()).contains("user-files", "/data");
    assertThat(user.run("volume", "list", "shop", "-o", "json").json()).hasSize(1);
  }

  @Test
  void whoDeletesAnAppDecidesAboutItsData() {
    platform.apps.add("shop", "git");
    assertThat(user.run("app", "delete", "shop", "--yes").exit()).isZero();
    assertThat(platform.apps.volumesOfDeleted).isEmpty();
    platform.apps.add("shop", "git");
    assertThat(user.run("app", "delete", "shop", "--yes", "--purge-volumes").exit()).isZero();
    assertThat(platform.apps.volumesOfDeleted).isEqualTo("purge");
  }

  @Test
  void keptDataIsListed() {
    assertThat(user.run("volume", "kept", "list").err()).contains("no kept data");
    var first = platform.volumes.keep("shop", null, "user-files");
    platform.volumes.keep("blog", "staging", null);
    var list = user.run("volume", "kept", "list").out();
    assertThat(list)
        .containsPattern("shop +production +user-files +app")
        .containsPattern("blog +staging +all of its Compose file +app")
        .contains(first.path("server_id").asText());
    var app = first.path("app_id").asText();
    var one = user.run("volume", "kept", "list", "--app", app, "-o", "json").json();
    assertThat(one).hasSize(1);
    assertThat(one.get(0)).isEqualTo(first);
    assertThat(user.run("volume", "kept", "list", "--app", "none").exit()).isEqualTo(4);
    assertThat(user.run("volume", "kept", "list", "--server", "none").exit()).isEqualTo(4);
  }

  @Test
  void keptDataIsPurged() {
    var id = platform.volumes.keep("shop", null, "user-files").path("id").asText();
    var run = user.run("volume", "kept", "purge", id, "--yes", "--wait");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("the data of user-files of shop, production has succeeded");
    assertThat(platform.volumes.kept).isEmpty();
    assertThat(user.run("volume", "kept", "purge", id, "--yes").exit()).isEqualTo(4);
  }
}
