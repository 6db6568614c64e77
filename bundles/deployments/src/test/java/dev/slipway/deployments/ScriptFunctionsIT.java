package dev.slipway.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What scripts can do to apps, through the services that REST has too. */
class ScriptFunctionsIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static ScriptCall call(UUID tenant, @Nullable Object... arguments) {
    var owner = TestPlatform.caller(tenant, Role.USER);
    return new ScriptCall(owner, Ids.next(), Ids.next(), List.of(arguments));
  }

  static UUID member(Object result, String name) {
    return UUID.fromString(((Map<?, ?>) result).get(name).toString());
  }

  @Test
  void deploysRestartsAndRollsBackAsTheOwner() {
    var agent = test.agent();
    var app = test.app(agent);
    var first = test.live(app);
    var second =
        member(
            test.wiring().deploy.call(call(test.tenant, app.toString(), Map.of("message", "m"))),
            "deployment_id");
    test.untilStatus(second, "live");
    var operation =
        member(test.wiring().restart.call(call(test.tenant, app.toString())), "operation_id");
    test.untilOperation(operation, "succeeded");
    var back =
        member(
            test.wiring()
                .rollback
                .call(call(test.tenant, app.toString(), Map.of("deployment_id", first.toString()))),
            "deployment_id");
    test.untilStatus(back, "live");
    assertThat(test.deployment(back).at("/deployment/rollback_of")).isEqualTo(first.toString());
  }

  /**
   * Nothing is built anew, and the version that was live counts as replaced, not as rolled back.
   */
  @Test
  void scalesWhatIsLive() {
    var agent = test.agent();
    var app = test.app(agent);
    var first = test.live(app);
    var scaled =
        member(test.wiring().scale.call(call(test.tenant, app.toString(), 3)), "deployment_id");
    test.untilStatus(scaled, "live");
    assertThat(test.apps.require(Scope.tenant(test.tenant), app).replicas()).isEqualTo(3);
    assertThat(test.deployment(first).at("/deployment/status")).isEqualTo("superseded");
    assertThat(test.deployment(scaled).at("/deployment/image"))
        .isEqualTo(test.deployment(first).at("/deployment/image"));
    assertThat(test.wiring().scale.call(call(test.tenant, app.toString(), 3)).toString())
        .contains("deployment_id=null");
    var never = test.app(agent);
    assertThatThrownBy(() -> test.wiring().scale.call(call(test.tenant, never.toString(), 2)))
        .isInstanceOf(PlatformException.class);
  }

  @Test
  void changesNothingInADryRunAndStillRefuses() {
    var agent = test.agent();
    var app = test.app(agent);
    agent.forget();
    assertThat(test.wiring().restart.dry(call(test.tenant, app.toString())).toString())
        .contains("operation_id=null");
    assertThat(agent.types()).isEmpty();
    assertThatThrownBy(() -> test.wiring().deploy.dry(call(test.tenant, Ids.next().toString())))
        .isInstanceOf(PlatformException.class);
  }

  @Test
  void reachesNoAppOfAnotherTenant() {
    var app = test.app(test.agent());
    var stranger = call(Ids.next(), app.toString());
    assertThatThrownBy(() -> test.wiring().restart.call(stranger))
        .isInstanceOf(PlatformException.class);
    assertThatThrownBy(() -> test.wiring().rollback.call(stranger))
        .isInstanceOf(PlatformException.class);
    assertThatThrownBy(() -> test.wiring().scale.call(call(Ids.next(), app.toString(), 2)))
        .isInstanceOf(PlatformException.class);
    assertThatThrownBy(() -> test.wiring().deploy.call(stranger))
        .isInstanceOf(PlatformException.class);
  }
}
