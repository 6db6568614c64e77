package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Curious;
import com.example.specimen.CuriousMapper;
import com.example.specimen.Deciding;
import com.example.specimen.Listening;
import com.example.specimen.Meddling;
import com.example.specimen.Saying;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.api.event.Events;
import dev.slipway.api.net.Egress;
import dev.slipway.api.script.Scripts;
import dev.slipway.api.spi.EventListener;
import dev.slipway.api.spi.RestResource;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.api.spi.ScriptHook;
import dev.slipway.data.Database;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin does what was granted to it, and nothing else. */
class PluginPermissionIT {
  static final String CURIOUS = "com.example.curious";
  static final String BASE = "/api/plugins/" + CURIOUS + "/curious/";
  static final String PERMISSIONS = Client.PLUGINS + "/" + CURIOUS + "/permissions";

  static HttpServer server;
  static Stand stand;
  static Client client;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    // Both are the operator's to give: the address for all, and the host for this plugin.
    stand = new Stand(Map.of("slipway.egress.allow", "127.0.0.1:" + port()));
    client = stand.client();
  }

  @AfterAll
  static void stop() {
    stand.close();
    server.stop(0);
  }

  @AfterEach
  void remove() {
    client.purge(CURIOUS);
  }

  static int port() {
    return server.getAddress().getPort();
  }

  static PluginJar curious(String... permissions) {
    return new PluginJar(CURIOUS)
        .imports(
            "dev.slipway.api.script;version=\"[1.0,2)\",dev.slipway.api.net;version=\"[1.0,2)\",dev.slipway.data;version=\"[1.0,2)\","
                + "org.apache.ibatis.annotations,org.osgi.framework")
        .member("permissions", "[\"" + String.join("\",\"", permissions) + "\"]")
        .type(CuriousMapper.class)
        .nested(Curious.class, "Said")
        .component(Listening.class, EventListener.class)
        .component(
            Curious.class,
            RestResource.class,
            reference("egress", Egress.class)
                + reference("events", Events.class)
                + reference("database", Database.class));
  }

  private static String reference(String name, Class<?> type) {
    return "<reference name=\"%1$s\" field=\"%1$s\" interface=\"%2$s\"/>"
        .formatted(name, type.getName());
  }

  private static String reach() {
    return BASE + "reach?url=http://127.0.0.1:" + port() + "/";
  }

  private static Client.Answer publish(String type, int count) {
    return client.post(BASE + "publish?type=" + type + "&count=" + count);
  }

  private Client.Answer grant(String... permissions) {
    return client.put(PERMISSIONS, Map.of("granted", List.of(permissions)));
  }

  @Test
  void hostsAreReachedOnlyAsGranted() {
    var installed = client.install(curious("egress:127.0.0.1").write(folder), true);
    assertThat(installed.status()).as(installed.raw().body()).isEqualTo(201);
    assertThat(client.get(reach()).at("/status")).isEqualTo("204");
    assertThat(grant().status()).isEqualTo(200);
    assertThat(client.get(reach()).at("/refused")).isEqualTo("plugins.egress.refused");
    assertThat(grant("egress:127.0.0.1").at("/granted/0")).isEqualTo("egress:127.0.0.1");
    assertThat(client.get(reach()).at("/status")).isEqualTo("204");
    assertThat(client.get(BASE + "reach?url=http://example.org/").at("/refused"))
        .isEqualTo("plugins.egress.refused");
    assertThat(grant("egress:*").status()).isEqualTo(400);
  }

  @Test
  void aFileThatTheFrameworkRefusesIsGrantedNothing() {
    var twice = "com.example.twice,com.example.twice";
    var refused = client.install(curious("egress:127.0.0.1").imports(twice).write(folder), true);
    assertThat(refused.status()).as(refused.raw().body()).isEqualTo(400);
    assertThat(refused.message()).contains("com.example.twice");
    var heard = "events:plugins.plugin.refused";
    client.install(curious(heard).write(folder), false);
    assertThat(client.get(PERMISSIONS).body().path("granted")).isEmpty();
    client.enable(CURIOUS);
    var next = curious(heard, "egress:127.0.0.1").version("1.1.0").imports(twice).write(folder);
    var kept = client.upload("PUT", Client.PLUGINS + "/" + CURIOUS + "?grant=true", next);
    assertThat(kept.status()).as(kept.raw().body()).isEqualTo(400);
    assertThat(kept.message()).contains("com.example.twice");
    assertThat(client.get(PERMISSIONS).body().path("granted")).hasSize(1);
    assertThat(client.get(BASE + "log?type=plugins.plugin.refused").at("/found"))
        .as("the refusals are told")
        .isNotEqualTo("0");
  }

  @Test
  void decisionBeforeTheFirstStartStands() {
    client.install(curious("egress:127.0.0.1", "events:plugins.*").write(folder), false);
    assertThat(client.get(PERMISSIONS).body().path("granted")).isEmpty();
    grant("events:plugins.*");
    client.enable(CURIOUS);
    assertThat(client.get(reach()).at("/refused")).isEqualTo("plugins.egress.refused");
    assertThat(client.get(PERMISSIONS).body().path("asked")).hasSize(2);
  }

  @Test
  void eventsOfOthersArePublishedOnlyAsGranted() {
    client.install(curious("publish:apps.app.created").write(folder), true);
    assertThat(publish("curious.thing.said", 1).at("/published")).isEqualTo("1");
    assertThat(publish("apps.app.created", 1).at("/published")).isEqualTo("1");
    assertThat(publish("accounts.user.deleted", 1).at("/refused"))
        .isEqualTo("plugins.permission.not-granted");
  }

  @Test
  void eventsOfOthersAreHeardOnlyAsGranted() throws Exception {
    client.install(curious("events:plugins.plugin.configured").write(folder), true);
    var configured = BASE + "log?type=plugins.plugin.configured";
    configure();
    Stand.await(() -> heard(configured).contains("plugins.plugin.configured"));
    assertThat(client.get(configured).at("/found")).isNotEqualTo("0");
    assertThat(client.get(BASE + "log?type=plugins.plugin.installed").at("/found")).isEqualTo("0");
    publish("curious.thing.said", 1);
    Stand.await(() -> heard(configured).contains("curious.thing.said"));
    assertThat(heard(configured)).doesNotContain("plugins.plugin.installed", "granted");

    grant();
    var before = count(heard(configured));
    configure();
    publish("curious.thing.last", 1);
    Stand.await(() -> heard(configured).contains("curious.thing.last"));
    assertThat(count(heard(configured))).isEqualTo(before);
  }

  @Test
  void scriptsAreOfferedOnlyWhatIsGranted() {
    var saying = curious("scripts:curious.say").component(Saying.class, ScriptApi.class);
    client.install(saying.write(folder), true);
    assertThat(offered()).contains("curious.say");
    grant();
    assertThat(offered()).contains("kv.get").doesNotContain("curious.say");
    grant("scripts:curious.say");
    assertThat(offered()).contains("curious.say");
    client.disable(CURIOUS);
    assertThat(offered()).doesNotContain("curious.say");
  }

  @Test
  void scriptsAreRunAtItsOwnHooksOnly() {
    var meddling =
        new PluginJar(CURIOUS)
            .imports("dev.slipway.api.script;version=\"[1.0,2)\"")
            .component(Deciding.class, ScriptHook.class)
            .component(Meddling.class, RestResource.class, reference("scripts", Scripts.class));
    client.install(meddling.write(folder), true);
    var run = "/api/plugins/" + CURIOUS + "/meddling?hook=";
    assertThat(client.get(run + "curious.decision").at("/ran")).isEqualTo("0");
    assertThat(client.get(run + "remediation.action").at("/refused"))
        .isEqualTo("plugins.permission.not-granted");
    assertThat(offered()).contains("curious.decision");
  }

  private String offered() {
    var hooks = client.get("/api/script-hooks");
    assertThat(hooks.status()).as(hooks.raw().body()).isEqualTo(200);
    return hooks.body().path("hooks").toString();
  }

  private static void configure() {
    var settings = Client.PLUGINS + "/" + CURIOUS + "/settings";
    assertThat(client.put(settings, Map.of("values", Map.of())).status()).isEqualTo(200);
  }

  private static String heard(String log) {
    return client.get(log).body().path("heard").toString();
  }

  private static int count(String heard) {
    return heard.split("plugins.plugin.configured", -1).length;
  }

  @Test
  void tablesOfOthersAreRefused() {
    client.install(curious("events:*", "egress:*").write(folder), true);
    assertThat(client.get(BASE + "table").at("/refused")).contains("permission denied");
  }

  @Test
  void servicesThatLiftLimitsAreNotSeen() {
    client.install(curious("events:*").write(folder), true);
    var withheld =
        List.of(
            "dev.slipway.api.plugin.PluginRegistry",
            "dev.slipway.api.plugin.PluginTrust",
            "dev.slipway.api.security.AccessTokens",
            "dev.slipway.store.Connections",
            "dev.slipway.http.Routes");
    var query = "services?name=" + String.join("&name=", withheld);
    var seen = client.get(BASE + query + "&name=dev.slipway.api.event.Signals");
    assertThat(seen.body().path("found").toString())
        .isEqualTo("[\"dev.slipway.api.event.Signals\"]");
  }

  @Test
  void insideOfThePlatformCanNotBeImported() {
    var nosy = new PluginJar(CURIOUS).imports("dev.slipway.store");
    var refused = client.install(nosy.write(folder), true);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message()).contains("not for plugins", "dev.slipway.store");
  }

  @Test
  void updateThatAsksMoreWaits() {
    client.install(curious("egress:127.0.0.1").write(folder), true);
    var more = curious("egress:127.0.0.1", "publish:apps.*").version("1.1.0").write(folder);
    var refused = client.update(CURIOUS, more);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message()).contains("publish:apps.*").doesNotContain("egress");
    assertThat(client.get(Client.PLUGINS + "/" + CURIOUS).at("/plugin/version")).isEqualTo("1.0.0");
    assertThat(publish("apps.app.created", 1).at("/published")).isEqualTo("0");

    var granted = client.upload("PUT", Client.PLUGINS + "/" + CURIOUS + "?grant=true", more);
    assertThat(granted.at("/plugin/version")).isEqualTo("1.1.0");
    assertThat(publish("apps.app.created", 1).at("/published")).isEqualTo("1");
    var less = curious("publish:apps.*").version("1.2.0").write(folder);
    assertThat(client.update(CURIOUS, less).status()).isEqualTo(200);
    assertThat(client.get(PERMISSIONS).body().path("granted").toString())
        .isEqualTo("[\"publish:apps.*\"]");
    assertThat(client.get(reach()).at("/refused")).isEqualTo("plugins.egress.refused");
  }

  @Test
  void floodOfEventsIsStopped() {
    client.install(curious("events:*").write(folder), true);
    var flood = publish("curious.thing.said", 100_000);
    assertThat(flood.at("/refused")).isEqualTo("plugins.events.flood");
    assertThat(client.get("/api/auth/me").status()).isEqualTo(200);
  }
}
