package dev.slipway.plugins.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginInfo.State;
import dev.slipway.api.spi.AdminPage;
import dev.slipway.console.service.Frames;
import dev.slipway.plugins.page.AdminPages;
import dev.slipway.plugins.service.Trials;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PluginPageIT {
  static final String LIST = "/console/plugins/list";
  static final String DETAIL = "/console/plugins/detail/chat";
  static final KnownPlugins REGISTRY = new KnownPlugins();
  static final KnownOfferings OFFERINGS = new KnownOfferings("chat");
  static final Trials TRIALS = new Trials(REGISTRY, OFFERINGS);
  static final AdminPages PAGES = new AdminPages();
  static final Frames FRAMES = new Frames();
  static TestPlatform platform;
  static TestClient operator;

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.register(new PluginPageResource(REGISTRY, platform.json(), PAGES, TRIALS, FRAMES));
    operator = platform.as(new Membership(Ids.next(), Role.ADMIN, true));
    REGISTRY.add(KnownPlugins.plugin("chat", Kind.PLUGIN, State.ACTIVE));
    REGISTRY.add(KnownPlugins.plugin("<script>alert(1)</script>", Kind.PLUGIN, State.FAILED));
    REGISTRY.schema =
        Map.of(
            "required", List.of("room"),
            "properties",
                Map.of(
                    "room", Map.of("type", "string", "title", "Room", "description", "Where to"),
                    "token", Map.of("type", "string", "writeOnly", true),
                    "retries", Map.of("type", "integer"),
                    "loud", Map.of("type", "boolean"),
                    "tone", Map.of("enum", List.of("kind", "terse")),
                    "extra", Map.of("type", "object")));
    REGISTRY.settings.put(
        "chat", Map.of("room", "\"><b>", "token", "***", "retries", 3, "loud", true));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void frameIsOpenAndHoldsNothing() {
    var page = platform.anonymous().get("/console/plugins");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.text())
        .contains("Content-Security-Policy", "htmx.min.js")
        .doesNotContain("chat");
    assertThat(page.text()).doesNotContain("http://", "https://");
    for (var asset : new String[] {"plugins.js", "plugins.css"}) {
      assertThat(page.text()).contains("/console/plugins/assets/" + asset);
      var answer = platform.anonymous().get("/console/plugins/assets/" + asset);
      assertThat(answer.status()).as(asset).isEqualTo(200);
      assertThat(answer.text()).isNotBlank();
    }
    assertThat(platform.anonymous().get("/console/plugins/assets/other.js").status())
        .isEqualTo(404);
  }

  @Test
  void contentIsForOperatorsOnly() {
    var member = platform.as(Ids.next(), Role.OWNER);
    for (var path : new String[] {LIST, DETAIL}) {
      assertThat(platform.anonymous().get(path).status()).isEqualTo(401);
      assertThat(member.get(path).status()).isEqualTo(403);
      assertThat(operator.get(path).status()).isEqualTo(200);
    }
    assertThat(operator.get("/console/plugins/detail/unknown").status()).isEqualTo(404);
  }

  @Test
  void listEscapesWhatPluginsCallThemselves() {
    assertThat(operator.get(LIST).text())
        .contains("chat", "/api/admin/plugins/chat/disable", "&lt;script>alert(1)")
        .doesNotContain("<script>");
  }

  @Test
  void pagesOfPluginsAreShownInFramesThatRunNothing() {
    var page = new Page("<p>\"hello\"</p><script>alert(1)</script>");
    var broken = new Page(null);
    PAGES.addPage(page, Map.of("slipway.plugin", "chat"));
    PAGES.addPage(broken, Map.of("slipway.plugin", "chat"));
    assertThat(operator.get(DETAIL).text())
        .contains("<iframe sandbox title=\"A page\" data-page=\"&lt;p>&#34;hello&#34;&lt;/p>")
        .contains("can not be shown right now");
    PAGES.removePage(page);
    PAGES.removePage(broken);
    assertThat(operator.get(DETAIL).text()).doesNotContain("iframe");
  }

  private record Page(@Nullable String content) implements AdminPage {
    @Override
    public String title() {
      return "A page";
    }

    @Override
    public String html() {
      return Objects.requireNonNull(content);
    }
  }

  @Test
  void formIsMadeOfTheSchema() {
    assertThat(operator.get(DETAIL).text())
        .contains("for=\"setting-room\">Room <span class=\"need\">(required)", "Where to")
        .contains("notification-channel-list-topic", "job", "chat.tidy")
        .contains("type=\"password\"", "value=\"***\"")
        .contains("type=\"number\"", "value=\"3\"")
        .contains("type=\"checkbox\" checked")
        .contains("<option value=\"&#34;kind&#34;\"")
        .contains("<textarea id=\"setting-extra\"")
        .contains("value=\"&#34;>&lt;b>\"")
        .contains("it did not start", "name=\"events:*\"");
  }
}
