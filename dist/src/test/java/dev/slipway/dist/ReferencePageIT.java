package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.Browser;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reference as somebody sees it who opens the page. */
@ExtendWith(SharedNode.class)
class ReferencePageIT {
  private static final String PICTURE = "target/reference-page.png";
  private static final String OPERATIONS =
      "document.querySelectorAll(\"[id^='tag/'][id*='/operation/']\")";
  private static final String OPERATION = "tag/apps/operation/apps.app.create";

  static Browser browser;
  static String url;

  /** Once for all tests: to lay out hundreds of operations is more work than all they do. */
  @BeforeAll
  static void open(SharedNode.Running shared) {
    browser = Browser.start();
    url = shared.node().url();
    browser.open(URI.create(url + "/api/docs"));
    browser.await("document.querySelector(\"[role='menuitem']\")");
  }

  /** The focus is where it is for somebody who comes. */
  @BeforeEach
  void begin() {
    browser.run("document.body.tabIndex = -1; document.body.focus(); scrollTo(0, 0)");
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nobodyElseWasAskedAndNothingWentWrong() {
    assertThat(browser.requests())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).startsWith(url + "/"));
    assertThat(browser.complaints()).isEmpty();
  }

  /**
   * Those of the platform's own features: tests beside this one bring plugins and take them away.
   */
  @Test
  void listsEveryOperation() throws Exception {
    var published = Web.get(url + "/api/docs/openapi.json").json();
    var ids = ofTheHouse(published.path("paths").findValuesAsText("operationId"));
    assertThat(ids).hasSizeGreaterThan(150);
    browser.await(OPERATIONS + ".length >= " + ids.size());
    var shown = new ArrayList<String>();
    browser
        .run("[..." + OPERATIONS + "].map(it => it.id.split('/').pop())")
        .forEach(it -> shown.add(it.asText()));
    assertThat(ofTheHouse(shown)).containsExactlyInAnyOrderElementsOf(ids);
  }

  private static List<String> ofTheHouse(List<String> ids) {
    return ids.stream().filter(id -> !id.startsWith("example-")).toList();
  }

  @Test
  void findsAnOperationByKeyboard() {
    browser.press("Tab");
    assertThat(browser.run("document.activeElement.getAttribute('aria-label')").asText())
        .isEqualTo("Search");
    browser.type("Tear");
    browser.await("document.querySelector(\"[data-role='search:results'] [role='menuitem']\")");
    browser.press("ArrowDown");
    browser.press("Enter");
    browser.await("location.hash === '#tag/apps/operation/apps.app.delete'");
    browser.press("Escape");
    browser.await("!document.querySelector(\"[data-role='search:results']\")");
  }

  @Test
  void showsItsExample() {
    var section = "document.getElementById('" + OPERATION + "').innerText";
    browser.run("location.hash = '" + OPERATION + "'");
    browser.await(section + ".includes('repository_url')");
    assertThat(browser.run(section).asText())
        .contains("https://git.example.com/web.git")
        .contains("019b76da-a800-7000-8000-")
        .contains("\"slug\"");
    browser.run(
        "[...document.getElementById('"
            + OPERATION
            + "').querySelectorAll(\"[role='tab']\")]"
            + ".find(it => it.innerText === 'Shell').click()");
    browser.await(section + ".includes('curl -X POST')");
    browser.screenshot(Path.of(PICTURE));
  }

  @Test
  void theMenuObeysTheKeyboard() {
    browser.run("document.querySelector(\"[data-item-id='tag/logs']\").focus()");
    browser.press("Enter");
    browser.await("location.hash === '#tag/logs'");
    browser.press("Tab");
    assertThat(browser.run("document.activeElement.dataset.itemId").asText())
        .isEqualTo("tag/logs/operation/logs.line.stream");
    browser.press("Enter");
    browser.await("location.hash === '#tag/logs/operation/logs.line.stream'");
  }
}
