package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Channel;
import com.example.specimen.Dawdling;
import com.example.specimen.MisshapenChannel;
import dev.slipway.api.notification.NotificationChannel;
import dev.slipway.api.spi.ConfigVariable;
import dev.slipway.api.spi.Integration;
import dev.slipway.api.spi.SettingsListener;
import dev.slipway.testkit.RemoteHttp;
import dev.slipway.testkit.RemoteHttp.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plugins offer to tenants comes, is called within limits, and goes. */
class OfferingIT {
  static final String NTFY = "dev.slipway.notification-channel-ntfy";
  static final String POWERDNS = "dev.slipway.dns-provider-powerdns";
  static final String CHAT = "dev.slipway.ai-provider-chat";
  static final String VALKEY = "dev.slipway.service-template-valkey";
  static final String OTHER = "com.example.offering";

  static RemoteHttp remote;
  static Stand stand;
  static Client client;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    remote = RemoteHttp.start(OfferingIT::answer);
    stand = new Stand(Map.of("slipway.egress.allow", "127.0.0.1:" + remote.url().getPort()));
    client = stand.client();
  }

  @AfterAll
  static void stop() {
    stand.close();
    remote.close();
  }

  @AfterEach
  void remove() {
    List.of(NTFY, POWERDNS, CHAT, VALKEY, OTHER).forEach(client::purge);
  }

  static Reply answer(RemoteHttp.Request request) {
    if (request.path().endsWith("/zones")) {
      return new Reply(200, "[{\"id\":\"example.org.\",\"name\":\"example.org.\"}]");
    }
    return new Reply(200, "{\"data\":[{\"id\":\"parrot-1\"}]}");
  }

  private static Client.Answer attempt(String plugin, String offering, Object... configuration) {
    var values = new java.util.HashMap<String, Object>();
    for (var i = 0; i < configuration.length; i += 2) {
      values.put(configuration[i].toString(), configuration[i + 1]);
    }
    var path = Client.PLUGINS + "/" + plugin + "/offerings/" + offering + "/try";
    return client.post(path, Map.of("configuration", values));
  }

  private static Client.Answer attemptNtfy() {
    return attempt(
        NTFY, "notification-channel/ntfy", "url", remote.url().toString(), "topic", "ops");
  }

  private static String extensions(String plugin) {
    return client.get(Client.PLUGINS + "/" + plugin).body().path("extensions").toString();
  }

  @Test
  void everyExampleIsOfferedAndWorks() {
    for (var plugin : List.of(NTFY, POWERDNS, CHAT, VALKEY)) {
      var installed = client.install(stand.jars.named(plugin), true);
      assertThat(installed.status()).as(installed.raw().body()).isEqualTo(201);
    }
    var url = remote.url().toString();
    var told = attemptNtfy();
    assertThat(told.at("/ok")).as(told.raw().body()).isEqualTo("true");
    assertThat(told.at("/status_code")).isEqualTo("200");
    var zones = attempt(POWERDNS, "dns-provider/powerdns", "url", url, "api_key", "k");
    assertThat(zones.at("/found/0")).as(zones.raw().body()).isEqualTo("example.org");
    var models = attempt(CHAT, "ai-provider/chat-completions", "url", url);
    assertThat(models.at("/found/0")).as(models.raw().body()).isEqualTo("parrot-1");
    var plan = attempt(VALKEY, "service-template/valkey");
    assertThat(plan.at("/found/0")).as(plan.raw().body()).contains("valkey:");
    assertThat(extensions(NTFY)).contains("notification-channel", "\"in_effect\":true");
    var faulty = attempt(NTFY, "notification-channel/ntfy", "url", "gopher", "topic", "ops");
    assertThat(faulty.status()).isEqualTo(400);
    assertThat(faulty.raw().body()).contains("configuration.url");
  }

  @Test
  void whatIsNotGrantedIsNotOffered() {
    client.install(stand.jars.named(NTFY), true);
    var permissions = Client.PLUGINS + "/" + NTFY + "/permissions";
    client.put(permissions, Map.of("granted", List.of("egress:*")));
    assertThat(attemptNtfy().status()).isEqualTo(404);
    assertThat(extensions(NTFY)).contains("\"in_effect\":false");
    client.put(permissions, Map.of("granted", List.of("offers:notification-channel")));
    var kept = attemptNtfy();
    assertThat(kept.at("/ok")).isEqualTo("false");
    assertThat(kept.at("/error")).contains("may not reach");
    client.put(permissions, Map.of("granted", List.of("offers:notification-channel", "egress:*")));
    assertThat(attemptNtfy().at("/ok")).isEqualTo("true");
    client.disable(NTFY);
    assertThat(attemptNtfy().status()).isEqualTo(404);
  }

  @Test
  void updateBringsTheNewVersionsOfferingWithoutAGap() throws Exception {
    client.install(stand.jars.named(NTFY), true);
    var next = PluginJar.reversioned(stand.jars.named(NTFY), "0.2.0", folder);
    var update = CompletableFuture.supplyAsync(() -> client.update(NTFY, next));
    while (!update.isDone()) {
      assertThat(attemptNtfy().at("/ok")).isEqualTo("true");
    }
    assertThat(update.get().at("/plugin/version")).isEqualTo("0.2.0");
    assertThat(attemptNtfy().at("/ok")).isEqualTo("true");
  }

  private static PluginJar channel(Class<?> type) {
    return new PluginJar(OTHER)
        .imports(
            "dev.slipway.api.notification;version=\"[1.0,2)\","
                + "dev.slipway.api.offering;version=\"[1.0,2)\"")
        .member("permissions", "[\"offers:notification-channel\"]")
        .component(type, NotificationChannel.class);
  }

  @Test
  void offeringThatKeepsNoPromiseIsRefusedAtItsStart() {
    var misshapen = channel(MisshapenChannel.class).type(Channel.class);
    var refused = client.install(misshapen.write(folder), true);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message()).contains("its key is not of the form");
    assertThat(client.state(OTHER)).isEqualTo("none");
  }

  @Test
  void whoCameFirstKeepsTheKey() {
    client.install(channel(Channel.class).write(folder), true);
    var failed = attempt(OTHER, "notification-channel/ntfy");
    assertThat(failed.at("/error")).isEqualTo("the plugin itself has failed");
    client.install(stand.jars.named(NTFY), true);
    assertThat(attemptNtfy().status()).isEqualTo(404);
    client.purge(OTHER);
    assertThat(attemptNtfy().at("/ok")).isEqualTo("true");
  }

  @Test
  void whateverElseIsAskedOfAPluginIsBounded() throws Exception {
    var dawdling =
        new PluginJar(OTHER)
            .component(
                Dawdling.class, Integration.class, ConfigVariable.class, SettingsListener.class);
    var installed = client.install(dawdling.write(folder), true);
    assertThat(installed.status()).as(installed.raw().body()).isEqualTo(201);
    var owner = "plugin " + OTHER;
    assertThat(client.get("/api/admin/config/dawdling.thing").raw().body()).contains(owner);
    var looked = client.get("/api/admin/health/integrations");
    assertThat(looked.status()).isEqualTo(200);
    assertThat(looked.raw().body()).contains("postgresql", "dawdling.thing");
    client.put(Client.PLUGINS + "/" + OTHER + "/settings", Map.of("values", Map.of()));
    Stand.await(
        () ->
            client
                .get(Client.PLUGINS + "/" + OTHER)
                .body()
                .path("failures")
                .toString()
                .contains("on " + owner));
  }
}
