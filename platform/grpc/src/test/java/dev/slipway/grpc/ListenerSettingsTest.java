package dev.slipway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerSettingsTest {
  @TempDir Path folder;

  static ListenerSettings of(Map<String, String> settings) {
    return ListenerSettings.of(new SettingsOnly(settings));
  }

  @Test
  void listensOnLoopbackWhereNothingIsSaid() {
    var settings = of(Map.of());
    assertThat(settings.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(settings.address().getPort()).isEqualTo(8081);
    assertThat(settings.tls()).isNull();
    assertThat(settings.pingAllowed()).hasSeconds(20);
  }

  @Test
  void refusesPlaintextBeyondLoopback() {
    assertThatThrownBy(() -> of(Map.of("slipway.grpc.host", "0.0.0.0")))
        .hasMessageContaining("loopback only")
        .message()
        .doesNotContain("\n");
    assertThat(of(Map.of("slipway.grpc.host", "0.0.0.0", "slipway.grpc.plaintext", "allow")).tls())
        .isNull();
  }

  @Test
  void aKeyPairOpensEveryAddress() throws Exception {
    var file = Files.writeString(folder.resolve("pem"), "x").toString();
    var settings =
        of(
            Map.of(
                "slipway.grpc.host",
                "0.0.0.0",
                "slipway.grpc.tls.cert",
                file,
                "slipway.grpc.tls.key",
                file,
                "slipway.grpc.plaintext.address",
                "127.0.0.1:0"));
    assertThat(settings.tls()).isNotNull();
    assertThat(settings.plaintextBeside()).isNotNull();
  }

  @Test
  void refusesWhatCanNotBe() {
    var file = folder.resolve("none").toString();
    assertThatThrownBy(() -> of(Map.of("slipway.grpc.tls.cert", file)))
        .hasMessageContaining("together");
    assertThatThrownBy(
            () -> of(Map.of("slipway.grpc.tls.cert", file, "slipway.grpc.tls.key", file)))
        .hasMessageContaining("can not read");
    assertThatThrownBy(() -> of(Map.of("slipway.grpc.port", "70000")))
        .hasMessageContaining("70000");
    assertThatThrownBy(() -> of(Map.of("slipway.grpc.port", "many"))).hasMessageContaining("many");
    assertThatThrownBy(() -> of(Map.of("slipway.grpc.plaintext.address", "127.0.0.1:1")))
        .hasMessageContaining("plaintext already");
  }
}
