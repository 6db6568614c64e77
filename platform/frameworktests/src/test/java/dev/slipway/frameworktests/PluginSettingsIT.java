package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Configured;
import com.example.specimen.Hearing;
import dev.slipway.api.plugin.PluginSettings;
import dev.slipway.api.spi.RestResource;
import dev.slipway.api.spi.SettingsListener;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What operators set reaches the running plugin, and secrets reach nobody else. */
@ExtendWith(PlatformExtension.class)
class PluginSettingsIT {
  static final String GREETING = "dev.slipway.example-greeting";
  static final String GREETINGS = "/api/plugins/" + GREETING + "/greetings";
  static final String CONFIGURED = "com.example.configured";
  static final String TOLD = "/api/plugins/" + CONFIGURED + "/configured";
  static final String SECRET = "correct-horse-battery";

  final Stand stand;
  final Client client;
  @TempDir Path folder;

  PluginSettingsIT(Stand stand) {
    this.stand = stand;
    client = stand.client();
  }

  @AfterEach
  void remove() {
    client.purge(GREETING);
    client.purge(CONFIGURED);
  }

  static String settings(String id) {
    return Client.PLUGINS + "/" + id + "/settings";
  }

  Client.Answer set(String id, Map<String, Object> values) {
    return client.put(settings(id), Map.of("values", values));
  }

  static PluginJar configured(String mood) {
    return new PluginJar(CONFIGURED)
        .imports("dev.slipway.api.plugin;version=\"[1.0,2)\"")
        .member(
            "settings",
            """
            {"properties": {
              "mood": %s,
              "token": {"type": "string", "minLength": 8, "writeOnly": true}}}
            """
                .formatted(mood))
        .component(Hearing.class, SettingsListener.class)
        .component(
            Configured.class,
            RestResource.class,
            "<reference name=\"settings\" field=\"settings\" interface=\"%s\"/>"
                .formatted(PluginSettings.class.getName()));
  }

  static PluginJar configured() {
    return configured("{\"type\": \"string\", \"default\": \"fine\"}");
  }

  @Test
  void runningPluginUsesWhatIsSet() {
    client.install(stand.jars.example(), true);
    var before = client.get(settings(GREETING));
    assertThat(before.status()).isEqualTo(200);
    assertThat(before.at("/values/salutation")).isEqualTo("Hello");
    assertThat(before.at("/schema/properties/salutation/maxLength")).isEqualTo("40");

    var changed = set(GREETING, Map.of("salutation", "Ahoy"));
    assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
    assertThat(changed.at("/values/salutation")).isEqualTo("Ahoy");
    assertThat(changed.at("/values/keep_days")).isEqualTo("30");
    assertThat(client.post(GREETINGS, Map.of("name", "Ada")).at("/text")).isEqualTo("Ahoy, Ada!");

    assertThat(set(GREETING, Map.of()).status()).isEqualTo(200);
    assertThat(client.post(GREETINGS, Map.of("name", "Ada")).at("/text")).isEqualTo("Hello, Ada!");
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    client.install(stand.jars.example(), true);
    var refused = set(GREETING, Map.of("salutation", 5, "keep_days", 0, "colour", "blue"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.raw().body())
        .contains("values.salutation", "values.keep_days", "values.colour");
    assertThat(client.put(settings(GREETING), Map.of()).status()).isEqualTo(400);
    assertThat(client.get(settings(GREETING)).at("/values/salutation")).isEqualTo("Hello");
    assertThat(client.get(settings("com.example.unknown")).status()).isEqualTo(404);
    assertThat(client.get(settings("dev.slipway.logs")).body().path("values")).isEmpty();
    assertThat(set("dev.slipway.logs", Map.of("a", 1)).status()).isEqualTo(400);
  }

  @Test
  void secretsAreSealedMaskedAndKept() throws Exception {
    client.install(configured().write(folder), true);
    assertThat(set(CONFIGURED, Map.of("token", "***")).raw().body()).contains("values.token");
    var shown = set(CONFIGURED, Map.of("token", SECRET));
    assertThat(shown.at("/values/token")).isEqualTo("***");
    assertThat(client.get(settings(CONFIGURED)).raw().body()).doesNotContain(SECRET);
    assertThat(client.get(TOLD).at("/now/token")).isEqualTo(SECRET);

    // A form that was read and written again must not replace the secret by its mask.
    set(CONFIGURED, Map.of("token", "***", "mood", "better"));
    assertThat(client.get(TOLD).at("/now/token")).isEqualTo(SECRET);
    assertThat(client.get(TOLD).at("/now/mood")).isEqualTo("better");

    assertThat(stand.rows("select entries::text from pluginhost_settings"))
        .isNotEmpty()
        .noneMatch(row -> row.contains(SECRET));
    assertThat(
            stand.rows(
                "select details::text from security_audit"
                    + " where action = 'plugins.settings.update' order by at desc limit 1"))
        .singleElement()
        .asString()
        .contains("\"before\"", "\"after\"", "\"mood\"", "better", "***")
        .doesNotContain(SECRET);
  }

  @Test
  void listenerHearsOfIt() throws Exception {
    client.install(configured().write(folder), true);
    set(CONFIGURED, Map.of("mood", "curious"));
    Stand.await(() -> client.get(TOLD).at("/heard/mood").equals("curious"));
    set(CONFIGURED, Map.of("mood", "refuse"));
    var detail = Client.PLUGINS + "/" + CONFIGURED;
    Stand.await(() -> client.get(detail).at("/failures/0/phase").equals("run"));
    assertThat(client.get(detail).at("/failures/0/message")).contains("not in the mood");
    assertThat(client.state(CONFIGURED)).isEqualTo("active");
    assertThat(client.get(TOLD).at("/now/mood")).isEqualTo("refuse");
  }

  @Test
  void settingsStayWithThePluginsData() {
    client.install(configured().write(folder), true);
    set(CONFIGURED, Map.of("mood", "better"));
    client.delete(Client.PLUGINS + "/" + CONFIGURED);
    client.install(configured().write(folder), true);
    assertThat(client.get(TOLD).at("/now/mood")).isEqualTo("better");
    // The next version wants a number: the old text is not shown to it.
    var next = configured("{\"type\": \"integer\", \"default\": 1}").version("1.1.0");
    assertThat(client.update(CONFIGURED, next.write(folder)).status()).isEqualTo(200);
    assertThat(client.get(TOLD).at("/now/mood")).isEqualTo("1");
    client.purge(CONFIGURED);
    client.install(configured().write(folder), true);
    assertThat(client.get(TOLD).at("/now/mood")).isEqualTo("fine");
  }
}
