package dev.slipway.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.PlatformException;
import dev.slipway.store.json.PlatformJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

class ManifestTest {
  private static final Version VERSION = Version.parseVersion("1.2.3");

  private static Manifest read(String json) {
    return new PlatformJson().read(json, Manifest.class);
  }

  private static Manifest with(String members) {
    return read("{\"id\":\"com.x\",\"version\":\"1.2.3\",\"api\":\"[1.0,2)\"" + members + "}");
  }

  private static void check(Manifest manifest) {
    manifest.check("com.x", VERSION);
  }

  @Test
  void smallestIsAccepted() {
    var manifest = with("");
    check(manifest);
    assertThat(manifest.name()).isEqualTo("com.x");
    assertThat(manifest.events()).isEmpty();
    assertThat(manifest.settings()).isEmpty();
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    var manifest = read("{\"id\":\"other\",\"version\":\"soon\",\"api\":\"any\",\"name\":\" \"}");
    assertThatThrownBy(() -> check(manifest))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(PluginError.NOT_A_BUNDLE);
              assertThat(refusal.getMessage()).contains("id ", "version ", "api ", "name ");
              assertThat(refusal.fields()).extracting("field").containsExactly("plugin.json");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events|,\"events\":[\"Not.An.Event\"]",
        "events|,\"events\":[\"a.b\"]",
        "permissions|,\"permissions\":[\"x%100s\"]",
        "name|,\"name\":\"x%100s\"",
        "vendor|,\"vendor\":\"x%100s\"",
        "description|,\"description\":\"x%1000s\""
      })
  void boundsAreKept(String member, String json) {
    var manifest = with(json.contains("%") ? json.formatted("y") : json);
    assertThatThrownBy(() -> check(manifest)).hasMessageContaining(member);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1.0,2)|true", "[1.0,1.0]|true", "1.0|true", "[2.0,3)|false", "[0.9,1.0)|false"})
  void apiRangeDecides(String range, boolean suits) {
    var manifest = read("{\"id\":\"com.x\",\"version\":\"1.2.3\",\"api\":\"" + range + "\"}");
    assertThat(manifest.suits(Version.parseVersion("1.0.0"))).isEqualTo(suits);
  }

  @Test
  void faultsOfTheSettingsSchemaAreFaultsOfTheManifest() {
    var manifest = with(",\"settings\":{\"properties\":[1,2]}");
    assertThatThrownBy(() -> check(manifest)).hasMessageContaining("settings: properties");
  }
}
