package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console's page about plugins, as an operator sees and uses it. */
@ExtendWith(SharedNode.class)
class PluginPageIT {
  private static final String GREETING = "dev.slipway.example-greeting";
  private static final String NTFY = "dev.slipway.notification-channel-ntfy";
  private static final String MESSAGE = "document.getElementById('message').textContent";
  private static final String FEED = "document.getElementById('feed').textContent";
  private static final String DETAIL = "document.getElementById('detail').textContent";
  private static final String FOCUSED = "document.activeElement.getAttribute('aria-label')";

  static int loads;
  static Browser browser;
  static Node node;
  static Client client;
  static String url;

  @BeforeAll
  static void open(SharedNode.Running shared) {
    browser = Browser.start();
    node = shared.node();
    client = shared.client();
    url = node.url() + "/console/plugins";
  }

  @BeforeEach
  void signIn() {
    browser.size(1400, 1000);
    browser.prefer("light");
    browser.open(URI.create(url + "?" + ++loads));
    browser.run("sessionStorage.clear()");
    browser.open(URI.create(url + "?" + ++loads));
    browser.await("!document.getElementById('sign-in').hidden");
    picture("sign-in");
    browser.run("document.querySelector('[name=email]').focus()");
    browser.type(Node.EMAIL);
    browser.press("Tab");
    browser.type(Node.PASSWORD);
    browser.press("Enter");
    browser.await("document.querySelectorAll('#plugins tr[data-plugin]').length > 5");
  }

  @AfterEach
  void removeAndLookBack() throws Exception {
    for (var id : List.of(GREETING, NTFY)) {
      client.run("plugin", "remove", id, "--purge", "--yes");
    }
    assertThat(browser.requests()).allSatisfy(it -> assertThat(it).startsWith(node.url() + "/"));
    // What the platform refuses on purpose the browser complains of as well.
    assertThat(browser.complaints()).allMatch(it -> it.contains("the server responded with"));
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  private static void picture(String name) {
    browser.screenshot(Path.of("target", "plugin-page-" + name + ".png"));
  }

  private static Path jar(String id) throws IOException {
    try (var plugins = Files.list(Program.HOME.resolve("plugins"))) {
      return plugins
          .filter(file -> file.getFileName().toString().startsWith(id + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String row(String id) {
    return "document.querySelector(\"tr[data-plugin='" + id + "']\")";
  }

  private static String state(String id) {
    return row(id) + "?.querySelector('.state').textContent";
  }

  private static void focus(String label) {
    browser.await("document.querySelector(\"[aria-label='" + label + "']\")");
    browser.run("document.querySelector(\"[aria-label='" + label + "']\").focus()");
  }

  private static void upload(Path jar) {
    browser.choose("#install [name=jar]", jar);
    browser.run("document.querySelector('[name=bring]').focus()");
    browser.press("Enter");
  }

  private static void details(String id) {
    browser.await("document.querySelector(\"button[data-open='" + id + "']\")");
    browser.run("document.querySelector(\"button[data-open='" + id + "']\").focus()");
    browser.press("Enter");
    browser.await("document.activeElement.id === 'detail'");
  }

  private static void fill(String field, String text) {
    browser.run("document.getElementById('" + field + "').focus()");
    browser.run("document.getElementById('" + field + "').select()");
    browser.type(text);
  }

  @Test
  void pluginComesByUploadWithProgress() throws Exception {
    browser.run(
        "window.seen = []; new MutationObserver(() => seen.push([progress.hidden, progress.value]))"
            + ".observe(document.getElementById('progress'), {attributes: true})");
    browser.choose("#install [name=jar]", jar(GREETING));
    browser.run("document.querySelector('[name=check]').focus()");
    browser.press("Enter");
    browser.await("!document.getElementById('outlook').hidden");
    assertThat(browser.run("document.getElementById('outlook').textContent").asText())
        .contains(GREETING, "is new", "events:apps.app.created");
    upload(jar(GREETING));
    browser.await(state(GREETING) + " === 'active'");
    browser.await(MESSAGE + ".includes('is active')");
    browser.await(FEED + ".includes('installed')");
    assertThat(browser.run("seen.some(it => !it[0] && it[1] === 1)").asBoolean()).isTrue();
    assertThat(browser.run("document.getElementById('progress').hidden").asBoolean()).isTrue();
    picture("installed");
    browser.choose("#install [name=jar]", Path.of("pom.xml"));
    browser.run("document.querySelector('[name=bring]').click()");
    browser.await(MESSAGE + ".includes('no valid plugin')");
  }

  @Test
  void settingsAreAppliedAndFaultsAreShownWhereTheyAre() throws Exception {
    client.run("plugin", "install", jar(GREETING).toString(), "--enable").ok();
    details(GREETING);
    fill("setting-salutation", "Ahoy");
    browser.press("Enter");
    browser.await(MESSAGE + " === 'Applied.'");
    browser.await(FEED + ".includes('configured')");
    picture("details");
    fill("setting-keep_days", "0");
    browser.press("Enter");
    browser.await("document.querySelector(\"[data-fault='values.keep_days']\").textContent");
    picture("fault");
    var stored = client.run("plugin", "settings", GREETING, "-o", "json").ok();
    assertThat(String.join("", stored.output())).contains("Ahoy");
  }

  @Test
  void lifeOfAPluginIsLedByKeyboard() throws Exception {
    client.run("plugin", "install", jar(GREETING).toString(), "--enable").ok();
    browser.await(state(GREETING) + " === 'active'");
    focus("Disable Greeting");
    browser.press("Enter");
    browser.await(state(GREETING) + " === 'disabled'");
    browser.await(MESSAGE + ".includes('is disabled')");
    focus("Enable Greeting");
    browser.press("Space");
    browser.await(state(GREETING) + " === 'active'");
    upload(PluginJars.reversioned(jar(GREETING), "0.2.0", node.folder()));
    browser.await(row(GREETING) + "?.textContent.includes('0.2.0')");
    browser.await(FEED + ".includes('updated')");
    focus("Remove Greeting");
    browser.press("Enter");
    browser.await("document.getElementById('removal').open");
    picture("removal");
    browser.press("Escape");
    browser.await("!document.getElementById('removal').open");
    assertThat(browser.run(FOCUSED).asText()).isEqualTo("Remove Greeting");
    browser.press("Enter");
    browser.await("document.getElementById('removal').open");
    for (var tab = 0; tab < 2; tab++) {
      browser.press("Tab");
    }
    assertThat(browser.run("document.activeElement.value").asText()).isEqualTo("remove");
    browser.press("Enter");
    browser.await("!" + row(GREETING));
    browser.await(MESSAGE + ".includes('is removed')");
  }

  @Test
  void whatOthersDoAppearsByItself() throws Exception {
    client.run("plugin", "install", jar(GREETING).toString()).ok();
    browser.await(state(GREETING) + " === 'disabled'");
    client.run("plugin", "enable", GREETING).ok();
    browser.await(state(GREETING) + " === 'active'");
    browser.await(FEED + ".includes('enabled')");
  }

  @Test
  void offeringIsTriedFromItsForm() throws Exception {
    client.run("plugin", "install", jar(NTFY).toString(), "--enable").ok();
    details(NTFY);
    browser.await(DETAIL + ".includes('notification-channel')");
    browser.run("document.querySelector('details.offer summary').focus()");
    browser.press("Enter");
    fill("notification-channel-ntfy-topic", "ops");
    browser.press("Enter");
    browser.await("document.querySelector(\"[data-fault='configuration.url']\").textContent");
    fill("notification-channel-ntfy-url", "http://127.0.0.1:9");
    browser.press("Enter");
    browser.await("document.querySelector('#detail output').textContent.includes('not work')");
    picture("trial");
    browser.run("document.getElementById('close-detail').focus()");
    browser.press("Enter");
    browser.await("document.getElementById('detail').hidden");
    assertThat(browser.run("document.activeElement.dataset.open").asText()).isEqualTo(NTFY);
  }

  @Test
  void everythingHasANameAndFitsASmallScreen() throws Exception {
    client.run("plugin", "install", jar(GREETING).toString(), "--enable").ok();
    details(GREETING);
    var read = browser.accessible();
    assertThat(read)
        .contains("button Disable Greeting", "button Sign out", "log Changes of plugins")
        .doesNotContain("button", "textbox", "checkbox", "combobox", "link", "spinbutton");
    browser.prefer("dark");
    picture("dark");
    browser.size(420, 900);
    browser.await("document.documentElement.scrollWidth <= 420");
    picture("small");
  }
}
