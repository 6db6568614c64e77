package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.Browser;
import dev.slipway.testkit.TestClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console's pages about apps and deployments, as somebody sees and uses them. */
@ExtendWith(SharedNode.class)
class ConsolePagesIT {
  private static final String SECRET = "tok-3b7f0a6d5c41e982";
  private static final String MESSAGE = "document.getElementById('message').textContent";
  private static final String STATE = "document.querySelector('h1 .state')?.textContent";
  private static final String CONTENT = "document.getElementById('content').textContent";

  static Browser browser;
  static Node node;
  static Client client;
  static int loads;

  @BeforeAll
  static void open(SharedNode.Running shared) {
    browser = Browser.start();
    node = shared.node();
    client = shared.client();
    browser.size(1280, 900);
    show("/console/apps");
    browser.await("!document.getElementById('sign-in').hidden");
    picture("sign-in");
    browser.run("document.querySelector('[name=email]').focus()");
    browser.type(Node.EMAIL);
    browser.press("Tab");
    browser.type(Node.PASSWORD);
    browser.press("Enter");
    browser.await("document.querySelector('form.search')");
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void asTheyAre() {
    browser.size(1280, 900);
    browser.prefer("light");
  }

  @AfterEach
  void lookBack() {
    assertThat(browser.requests()).allSatisfy(it -> assertThat(it).startsWith(node.url() + "/"));
    // What the platform refuses on purpose the browser complains of as well.
    assertThat(browser.complaints()).allMatch(it -> it.contains("the server responded with"));
  }

  private static void show(String path) {
    var mark = (path.contains("?") ? "&" : "?") + "load=" + ++loads;
    browser.open(URI.create(node.url() + path + mark));
  }

  private static void pictures(String name) {
    picture(name);
    browser.prefer("dark");
    picture(name + "-dark");
    browser.size(390, 1400);
    browser.await("document.documentElement.scrollWidth <= 390");
    picture(name + "-small-dark");
    browser.prefer("light");
    picture(name + "-small");
    browser.size(1280, 900);
  }

  private static void picture(String name) {
    browser.screenshot(Path.of("target", "console-" + name + ".png"));
  }

  private static void press(String selector) {
    browser.await("document.querySelector(\"" + selector + "\")");
    browser.run("document.querySelector(\"" + selector + "\").focus()");
    browser.press("Enter");
  }

  private static void fill(String id, String text) {
    browser.run("document.getElementById('" + id + "').focus()");
    browser.type(text);
  }

  private static TestClient api() throws Exception {
    var api = TestClient.at(URI.create(node.url()));
    for (var header : client.headers().entrySet()) {
      api = api.with(header.getKey(), header.getValue());
    }
    return api;
  }

  private static String app(String name) throws Exception {
    return client.run("app", "show", name, "-o", "json").ok().json().path("id").asText();
  }

  @Test
  void appIsFoundDeployedAndWatched() throws Exception {
    client.run("app", "create", "kiosk").ok();
    client.run("env", "set", "kiosk", "TOKEN=" + SECRET, "--secret").ok();
    client.run("env", "set", "kiosk", "GREETING=hello").ok();
    var sample = Sample.of(node, "kiosk");
    client.deploy(sample.folder()).ok();
    client.deploy(sample.version("2").folder()).ok();
    show("/console/apps?search=kiosk");
    browser.await("document.querySelectorAll('table.apps tbody tr').length === 1");
    assertThat(browser.run(CONTENT).asText()).contains("kiosk", "running", "live");
    pictures("apps");
    press("table.apps th a");
    browser.await(STATE + " === 'running'");
    browser.await("document.querySelectorAll('.log li').length > 3");
    browser.await("document.querySelector('.live').classList.contains('on')");
    pictures("app");
    assertThat(browser.run(CONTENT).asText()).contains("GREETING", "TOKEN").doesNotContain("hello");
    assertThat(browser.run("document.documentElement.outerHTML").asText()).doesNotContain(SECRET);

    press("#ask-deploy");
    browser.await("document.getElementById('deploy').open");
    picture("deploy");
    fill("deploy-message", "from the <console>");
    browser.press("Enter");
    browser.await("location.pathname.startsWith('/console/deployments/')");
    browser.await("document.querySelector('ol.steps li')");
    picture("deploying");
    browser.await(STATE + " === 'live'");
    browser.await("document.querySelectorAll('ol.steps li:not(.done)').length === 0");
    browser.await("document.querySelectorAll('.log li').length > 3");
    assertThat(browser.run(CONTENT).asText()).contains("from the <console>");
    assertThat(browser.run("document.documentElement.outerHTML").asText()).doesNotContain(SECRET);
    pictures("deployment");

    press(".crumbs a:last-child");
    press("#ask-rollback");
    browser.await("document.getElementById('rollback').open");
    picture("rollback");
    browser.press("Escape");
    browser.await("!document.getElementById('rollback').open");
    assertThat(browser.run("document.activeElement.id").asText()).isEqualTo("ask-rollback");
    press("#ask-stop");
    browser.await("document.getElementById('stop').open");
    picture("stop");
    press("#stop button.danger");
    browser.await(MESSAGE + " === 'It stops.'");
    browser.await(STATE + " === 'stopped'");
    press("#ask-start");
    press("#start button.primary");
    browser.await(STATE + " === 'running'");
  }

  @Test
  void failureIsShownAsOneWithItsCause() throws Exception {
    var source = Sample.of(node, "mishap").build("echo no such luck && exit 7").folder();
    assertThat(client.deploy(source).status()).isEqualTo(1);
    var deployments = client.deployments("mishap");
    show("/console/deployments/" + deployments.findValuesAsText("id").getFirst());
    browser.await(STATE + " === 'failed'");
    browser.await("document.querySelector('.log').textContent.includes('no such luck')");
    assertThat(browser.run(CONTENT).asText()).contains("Why it ended", "Build failed");
    assertThat(browser.run("document.querySelectorAll('ol.steps .broken').length").asInt())
        .isEqualTo(1);
    pictures("failure");
  }

  @Test
  void approvalAsksForAReasonToRejectIt() throws Exception {
    var source = Sample.of(node, "strongbox").folder();
    client.deploy(source).ok();
    var policy = Map.of("enabled", true, "allow_self_approval", true);
    var path = "/api/apps/" + app("strongbox");
    assertThat(api().put(path + "/approval-policy", policy).status()).isEqualTo(200);
    var wish = Map.of("message", "Ship it");
    var held = api().post(path + "/deployments", wish).at("/deployment/id");
    show("/console/deployments/" + held);
    browser.await(STATE + " === 'awaiting approval'");
    pictures("approval");
    press("#ask-reject");
    browser.await("document.getElementById('reject').open");
    picture("reject");
    press("#reject button.danger");
    assertThat(browser.run("document.getElementById('reject').open").asBoolean()).isTrue();
    fill("reject-comment", "not on a Friday");
    press("#reject button.danger");
    browser.await(MESSAGE + " === 'You have turned it down.'");
    browser.await(STATE + " === 'rejected'");
    assertThat(browser.run(CONTENT).asText()).contains("rejected it", "not on a Friday");
    picture("rejected");
  }

  @Test
  void everythingHasAName() throws Exception {
    client.deploy(Sample.of(node, "named").folder()).ok();
    show("/console/apps/" + app("named"));
    browser.await(STATE + " === 'running'");
    assertThat(browser.accessible())
        .contains("button Deploy", "button Stop", "log Log", "link Apps", "button Sign out")
        .doesNotContain("button", "textbox", "checkbox", "combobox", "link", "log");
  }

  /** Signs in but once: an address may try that only so often. */
  @Test
  void whoHasNoTokenSeesNothing() {
    var kept = browser.run("JSON.stringify(sessionStorage)").asText();
    browser.run("sessionStorage.clear()");
    for (var path :
        List.of("/console/apps", "/console/apps/00000000-0000-7000-8000-000000000000")) {
      show(path);
      browser.await("!document.getElementById('sign-in').hidden");
      assertThat(browser.run("document.querySelector('[data-part]').textContent").asText())
          .isEmpty();
    }
    show("/console");
    browser.run("Object.assign(sessionStorage, " + kept + ")");
  }
}
