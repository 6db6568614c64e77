package dev.slipway.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.agent.runtime.RestartPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  @Test
  void missingAndNullReadAsTheFallback() throws Exception {
    var payload = Payload.parse("{\"a\":null}");
    assertThat(payload.text("a", "x")).isEqualTo("x");
    assertThat(payload.integer("b", 7)).isEqualTo(7);
    assertThat(payload.flag("c")).isFalse();
    assertThat(payload.texts("d")).isEmpty();
    assertThat(payload.textMap("e")).isEmpty();
  }

  @Test
  void wrongTypesAreNamedWithoutTheirValue() throws Exception {
    var payload = Payload.parse("{\"a\":{\"secret\":\"tell-nobody\"},\"b\":1.5,\"c\":[1]}");
    assertThatThrownBy(() -> payload.text("a", ""))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("invalid payload: a is not text");
    assertThatThrownBy(() -> payload.integer("b", 0)).hasMessageContaining("b is not an integer");
    assertThatThrownBy(() -> payload.texts("c")).hasMessageContaining("c is not text");
    assertThatThrownBy(() -> Payload.parse("{\"token\":\"abc"))
        .hasMessage("invalid payload: not JSON");
    assertThatThrownBy(() -> Payload.parse("[]")).hasMessage("invalid payload: not an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "a b", "-rf", "", ".hidden", "a\\b", "a\u0000"})
  void oddInstanceNamesAreRefused(String name) throws Exception {
    var payload = Payload.parse(Json.text(Map.of("container_name", name)));
    assertThatThrownBy(() -> payload.instanceName("container_name"))
        .isInstanceOf(CommandFailure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A-B", "1A", "A=B", "", "A B"})
  void oddVariableNamesAreRefused(String name) throws Exception {
    var payload = Payload.parse(Json.text(Map.of("env_vars", Map.of(name, "x"))));
    assertThatThrownBy(() -> payload.environment("env_vars")).isInstanceOf(CommandFailure.class);
  }

  @Test
  void deploymentTakesTheContractsDefaults() throws Exception {
    var order =
        DeployPayload.order(
            Payload.parse(
                "{\"container_name\":\"deploy-app-a-1\",\"image_tag\":\"deploy-app-a:1\"}"));
    assertThat(order.port()).isEqualTo(3000);
    assertThat(order.limits().memoryMebibytes()).isEqualTo(512);
    assertThat(order.limits().cpuCores()).isEqualTo(1.0);
    assertThat(order.restart()).isEqualTo(RestartPolicy.UNLESS_STOPPED);
    assertThat(order.placement().network()).isEqualTo("deploy-net");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"container_name\":\"a\"}",
        "{\"container_name\":\"a\",\"image_tag\":\"--x\"}",
        "{\"container_name\":\"a\",\"image_tag\":\"x\",\"port\":70000}",
        "{\"container_name\":\"a\",\"image_tag\":\"x\",\"memory_mb\":1}",
        "{\"container_name\":\"a\",\"image_tag\":\"x\",\"cpu_cores\":-1}",
        "{\"container_name\":\"a\",\"image_tag\":\"x\",\"cron_schedule\":\"* * * * *\"}",
        "{\"container_name\":\"a\",\"image_tag\":\"x\",\"override_cmd\":\"a\\u0000b\"}",
      })
  void badDeploymentsAreRefused(String text) throws Exception {
    var payload = Payload.parse(text);
    assertThatThrownBy(() -> DeployPayload.order(payload)).isInstanceOf(CommandFailure.class);
  }
}
