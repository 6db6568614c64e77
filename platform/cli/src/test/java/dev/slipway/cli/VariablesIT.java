package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakePlatform;
import dev.slipway.cli.fake.FakeVariables;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of variables, the rotation of secrets, and who has them. */
class VariablesIT {
  private static final String KEY = FakeVariables.KEY;

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
    platform.variables.version(1, "old", "created");
    platform.variables.version(2, "new", "edited").put("is_secret", false);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void versionsAreListedComparedAndBroughtBack() {
    var list = user.run("env", "version", "list", "shop", KEY).out();
    assertThat(list).containsPattern("2 +new +edited +Somebody").containsPattern("1 +old +created");
    assertThat(user.run("env", "version", "list", "shop", KEY, "-o", "json").json()).hasSize(2);

    var diff = user.run("env", "version", "diff", "shop", KEY, "1");
    assertThat(diff.lines()).containsExactly("~ value: \"old\" -> \"new\"");
    assertThat(diff.err()).contains("version 2: edited by Somebody at 2026-01-02");
    var json = user.run("env", "version", "diff", "shop", KEY, "1", "2", "-o", "json").json();
    assertThat(json.at("/changes/value/to").asText()).isEqualTo("new");
    assertThat(user.run("env", "version", "diff", "shop", KEY, "2", "2").err())
        .contains("nothing that is shown differs");

    var run = user.run("env", "version", "restore", "shop", KEY, "1", "--yes");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(user.run("env", "version", "list", "shop", KEY).out())
        .containsPattern("3 +old +restored from 1");
    assertThat(user.run("env", "version", "restore", "shop", KEY, "9", "--yes").exit())
        .isEqualTo(4);
  }

  @Test
  void secretsStayMasked() {
    platform.variables.versions.forEach(version -> version.put("is_secret", true).putNull("value"));
    assertThat(user.run("env", "version", "list", "shop", KEY).out()).contains("****");
    assertThat(user.run("env", "version", "diff", "shop", KEY, "1").err())
        .contains("nothing that is shown differs", "version 2: edited by Somebody");
  }

  @Test
  void aVariableIsFoundWhereItCounts() {
    platform.environments.add("staging", "Staging");
    for (var where : new String[] {"staging", "Staging"}) {
      var run = user.run("env", "version", "list", "shop", KEY, "--environment", where);
      assertThat(run.exit()).as(run.err()).isZero();
    }
    assertThat(user.run("env", "version", "list", "shop", KEY, "--environment", "none").exit())
        .isEqualTo(4);
    var platformOwn = user.run("env", "version", "list", "shop", "PORT");
    assertThat(platformOwn.exit()).isEqualTo(4);
    assertThat(platformOwn.err()).contains("app shop has no variable 'PORT'");
    user.run("env", "set", "shop", "OWN=1");
    assertThat(user.run("env", "version", "list", "shop", "OWN").exit())
        .as("the app's own, which the fake has no versions of")
        .isEqualTo(4);
    assertThat(platform.requests).anyMatch(one -> one.endsWith("/versions"));
  }

  @Test
  void secretsGetRulesAndNewValues() {
    assertThat(user.run("env", "rotation", "show", "shop", KEY).exit()).isEqualTo(4);
    assertThat(user.run("env", "rotation", "set", "shop", KEY).exit()).isEqualTo(2);
    var set =
        user.run(
            "env",
            "rotation",
            "set",
            "shop",
            KEY,
            "--days",
            "30",
            "--generate",
            "hex32",
            "--redeploy");
    assertThat(set.exit()).as(set.err()).isZero();
    assertThat(platform.variables.rule.toString())
        .isEqualTo("{\"redeploy\":true,\"interval_days\":30,\"generate\":\"hex32\"}");
    assertThat(user.run("env", "rotation", "list").out()).contains(KEY, "scheduled", "hex32");
    assertThat(user.run("env", "rotation", "list", "--due").err()).contains("no rules");
    assertThat(user.run("env", "rotation", "show", "shop", KEY, "-o", "json").json())
        .hasToString(user.run("env", "rotation", "list", "-o", "json").json().get(0).toString());

    assertThat(user.run("env", "rotation", "run", "shop", KEY).out()).contains("has a new value");
    assertThat(platform.variables.rotated).isEmpty();
    var given = user.typing("s3cret\n").run("env", "rotation", "run", "shop", KEY, "--value-stdin");
    assertThat(given.out() + given.err()).doesNotContain("s3cret");
    assertThat(platform.variables.rotated.path("value").asText()).isEqualTo("s3cret");
    assertThat(user.run("env", "rotation", "unset", "shop", KEY).exit()).isZero();
    assertThat(platform.variables.rule).isEmpty();
  }

  @Test
  void leasesAreListedAndRevoked() {
    assertThat(user.run("env", "lease", "list", "shop", KEY).out()).contains("VERSION", "active");
    var id = platform.variables.lease.path("id").asText();
    var run = user.run("env", "lease", "revoke", "shop", KEY, id, "--yes", "-o", "json");
    assertThat(run.json().path("status").asText()).isEqualTo("revoked");
    assertThat(user.run("env", "lease", "revoke", "shop", KEY, "none", "--yes").exit())
        .isEqualTo(4);
  }

  @Test
  void anEnvironmentIsRolledBack() {
    platform.environments.add("staging", "Stage One");
    var run =
        user.run("deployment", "rollback", "shop", "--environment", "Stage One", "-o", "json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(platform.deployments.lastRollback).hasToString("{\"environment\":\"staging\"}");
    assertThat(user.run("deployment", "rollback", "shop", "--environment", "none").exit())
        .isEqualTo(4);
    user.run("deployment", "rollback", "shop", "--to", "d-1");
    assertThat(platform.deployments.lastRollback).hasToString("{\"deployment_id\":\"d-1\"}");
  }
}
