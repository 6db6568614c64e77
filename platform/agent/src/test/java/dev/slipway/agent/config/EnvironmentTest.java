package dev.slipway.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  private static Map<String, String> least() {
    return new HashMap<>(
        Map.of("BACKEND_GRPC_ADDR", "cp.example:8081", "SERVER_ID", "s-1", "AGENT_SECRET", "sss"));
  }

  @Test
  void defaultsAreTheDocumentedOnes() {
    var config = new Environment(least()).read();
    assertThat(config.controlPlane().host()).isEqualTo("cp.example");
    assertThat(config.controlPlane().port()).isEqualTo(8081);
    assertThat(config.controlPlane().plaintext()).isFalse();
    assertThat(config.edge().listen().getPort()).isEqualTo(8000);
    assertThat(config.edge().publicHost()).isEqualTo("localhost");
    assertThat(config.options().heartbeat()).hasSeconds(30);
    assertThat(config.options().logSpoolBytes()).isEqualTo(64 << 20);
    assertThat(config.options().allowFileUrls()).isFalse();
    assertThat(config.identity().version()).startsWith("slipway-agent/");
    assertThat(config.toString()).doesNotContain("sss");
  }

  @ParameterizedTest
  @CsvSource({
    "BACKEND_GRPC_ADDR,",
    "BACKEND_GRPC_ADDR,host",
    "BACKEND_GRPC_ADDR,https://host:1",
    "BACKEND_GRPC_ADDR,host:99999",
    "SERVER_ID,a b",
    "AGENT_SECRET,",
    "AGENT_SECRET_FILE,/absent/file",
    "AGENT_INSECURE,perhaps",
    "AGENT_HEARTBEAT_SECONDS,0",
    "AGENT_HEARTBEAT_SECONDS,x",
    "SLIPWAY_AGENT_RUNTIME,vm",
    "SLIPWAY_AGENT_EDGE,8000",
    "SLIPWAY_AGENT_PUBLIC_HOST,a/b",
  })
  void everyBadSettingIsNamed(String name, String value) {
    var values = least();
    values.put(name, value == null ? "" : value);
    assertThatThrownBy(() -> new Environment(values).read())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining(name);
  }
}
