package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private final Map<String, String> environment = new HashMap<>(Map.of("SLIPWAY_AGENT", "off"));
  private final RunOptions options = new RunOptions();

  @Test
  void defaultsStayOnThisMachine() throws Exception {
    var settings = resolve();
    assertThat(settings.data()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(settings.listeners().http()).hasToString("127.0.0.1:8080");
    assertThat(settings.listeners().grpc()).hasToString("127.0.0.1:8081");
    assertThat(settings.listeners().edge()).hasToString("127.0.0.1:8000");
    assertThat(settings.owner().email()).isEqualTo("root@localhost");
    assertThat(settings.owner().given()).isEmpty();
    assertThat(settings.database()).isEmpty();
    assertThat(settings.masterKey()).isEmpty();
    assertThat(settings.plugins()).isEqualTo("any");
  }

  @Test
  void variableReplacesDefaultAndOptionReplacesVariable() throws Exception {
    environment.put("SLIPWAY_DATA", "/from/variable");
    environment.put("SLIPWAY_HTTP", "127.0.0.1:1111");
    environment.put("SLIPWAY_GRPC", "127.0.0.1:2222");
    options.data = "/from/option";
    options.grpc = "127.0.0.1:3333";
    options.agent = "process";
    var settings = resolve();
    assertThat(settings.data()).isEqualTo(Path.of("/from/option"));
    assertThat(settings.listeners().http().port()).isEqualTo(1111);
    assertThat(settings.listeners().grpc().port()).isEqualTo(3333);
    assertThat(settings.agent()).isEqualTo(AgentMode.PROCESS);
  }

  @Test
  void whichPluginsMayRunIsSaidInAWord() throws Exception {
    environment.put("SLIPWAY_PLUGINS", "signed");
    assertThat(resolve().plugins()).isEqualTo("signed");
    options.plugins = "any";
    assertThat(resolve().plugins()).isEqualTo("any");
    options.plugins = "none";
    assertThatThrownBy(this::resolve).hasMessageContaining("none of any, signed");
  }

  @Test
  void emptyVariableCountsAsNotSet() throws Exception {
    environment.put("SLIPWAY_HTTP", "");
    assertThat(resolve().listeners().http().port()).isEqualTo(8080);
  }

  @Test
  void wrongOwnerOrAgentIsUsage() {
    environment.put("SLIPWAY_ROOT_EMAIL", "nobody");
    assertThatThrownBy(this::resolve).hasMessageContaining("SLIPWAY_ROOT_EMAIL");
    environment.remove("SLIPWAY_ROOT_EMAIL");
    environment.put("SLIPWAY_AGENT", "podman");
    assertThatThrownBy(this::resolve).hasMessageContaining("none of process, docker, off");
  }

  @Test
  void masterKeyThatCannotBeReadIsUsage() {
    environment.put("SLIPWAY_MASTER_KEY_FILE", "/does/not/exist");
    assertThatThrownBy(this::resolve)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("/does/not/exist cannot be read");
  }

  @Test
  void textOfSettingsShowsNoSecret() throws Exception {
    environment.put("SLIPWAY_ROOT_PASSWORD", "very-secret");
    environment.put("SLIPWAY_DATABASE_URL", "postgresql://u:also-secret@db/slipway");
    assertThat(resolve().toString()).doesNotContain("very-secret", "also-secret");
  }

  private Settings resolve() throws StartFailure, InterruptedException {
    return Settings.resolve(options, new Variables(environment));
  }
}
