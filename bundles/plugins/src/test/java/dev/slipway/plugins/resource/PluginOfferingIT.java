package dev.slipway.plugins.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginInfo.State;
import dev.slipway.plugins.service.Trials;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PluginOfferingIT {
  static final String OFFERINGS = "/api/admin/plugins/ntfy/offerings";
  static final String CHANNEL = OFFERINGS + "/notification-channel/list/try";
  static final KnownPlugins REGISTRY = new KnownPlugins();
  static final KnownOfferings KNOWN = new KnownOfferings("ntfy");
  static TestPlatform platform;
  static TestClient operator;

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.register(new PluginOfferingResource(new Trials(REGISTRY, KNOWN)));
    operator = platform.as(new Membership(Ids.next(), Role.ADMIN, true));
    REGISTRY.add(KnownPlugins.plugin("ntfy", Kind.PLUGIN, State.ACTIVE));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  private static Map<String, Object> topic(String topic) {
    return Map.of("configuration", Map.of("topic", topic));
  }

  @Test
  void trialSendsOneNotification() {
    var before = KNOWN.told.size();
    var tried = operator.post(CHANNEL, topic("ops"));
    assertThat(tried.at("/ok")).isEqualTo("true");
    assertThat(tried.at("/status_code")).isEqualTo("200");
    assertThat(KNOWN.told).hasSize(before + 1);
    assertThat(KNOWN.told.getLast().title()).contains("trial");
  }

  @Test
  void failureIsAnAnswerAndFaultyConfigurationIsNot() {
    var closed = operator.post(CHANNEL, topic("closed"));
    assertThat(closed.status()).isEqualTo(200);
    assertThat(closed.at("/ok")).isEqualTo("false");
    assertThat(closed.at("/error")).isEqualTo("The topic is closed");
    assertThat(closed.at("/status_code")).isEqualTo("403");
    assertThat(operator.post(CHANNEL, Map.of("configuration", Map.of())).fields())
        .containsExactly("configuration.topic");
    assertThat(operator.post(CHANNEL, Map.of()).fields()).containsExactly("configuration");
  }

  @Test
  void offeringsOfAPluginAreListedToOperatorsAlone() {
    assertThat(operator.get(OFFERINGS).at("/offerings/0/key")).isEqualTo("list");
    assertThat(operator.get("/api/admin/plugins/other/offerings").status()).isEqualTo(404);
    assertThat(operator.post(OFFERINGS + "/dns-provider/list/try", topic("ops")).status())
        .isEqualTo(404);
    assertThat(platform.as(Ids.next(), Role.OWNER).get(OFFERINGS).status()).isEqualTo(403);
  }
}
