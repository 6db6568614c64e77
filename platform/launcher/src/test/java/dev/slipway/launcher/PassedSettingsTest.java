package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassedSettingsTest {
  @Test
  void handsOnWhatIsListedAndNoSecretOfTheLauncher(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("password"), "hidden\n");
    var variables =
        new Variables(
            Map.of(
                "SLIPWAY_SMTP_URL", "smtp://user@mail.example.com",
                "SLIPWAY_SMTP_PASSWORD_FILE", file.toString(),
                "SLIPWAY_ROOT_PASSWORD", "own",
                "SLIPWAY_DATABASE_PASSWORD", "own"));
    assertThat(PassedSettings.of(variables))
        .isEqualTo(
            Map.of(
                "slipway.smtp.url", "smtp://user@mail.example.com",
                "slipway.smtp.password", "hidden"));
  }

  @Test
  void refusesASecretGivenTwice() {
    var variables =
        new Variables(Map.of("SLIPWAY_SMTP_PASSWORD", "a", "SLIPWAY_SMTP_PASSWORD_FILE", "b"));
    assertThatThrownBy(() -> PassedSettings.of(variables)).isInstanceOf(StartFailure.class);
  }
}
