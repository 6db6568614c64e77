package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.console.resource.ConsoleResource;
import dev.slipway.console.service.Frames;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsoleIT {
  static final Frames FRAMES = new Frames();
  static TestPlatform platform;

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.register(new ConsoleResource(FRAMES));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  private record Entry(String title, String path, int order, boolean operators)
      implements ConsoleEntry {}

  private static String page() {
    return platform.anonymous().get("/console").text();
  }

  @Test
  void entriesComeAndGoInTheirOrder() {
    var last = new Entry("Last", "/console/last", 2, true);
    var first = new Entry("First", "/console/first", 1, false);
    FRAMES.addEntry(last);
    FRAMES.addEntry(first);
    var page = page();
    assertThat(page.indexOf("/console/first"))
        .isPositive()
        .isLessThan(page.indexOf("/console/last"));
    assertThat(page).containsPattern("/console/last\"[^>]* hidden>Last");
    assertThat(page).doesNotContainPattern("/console/first\"[^>]* hidden");
    FRAMES.removeEntry(last);
    assertThat(page()).contains("/console/first").doesNotContain("/console/last");
    FRAMES.removeEntry(first);
    assertThat(page()).doesNotContain("/console/first");
  }

  @Test
  void frameEscapesAndRunsNoScriptThatStandsInIt() {
    var frame = FRAMES.page(Frame.of("<b>\"x", "/console/x", html -> {}));
    assertThat(frame)
        .contains(
            "<title>&lt;b&gt;\"x – Slipway</title>", "script-src 'self'", "default-src 'none'")
        .doesNotContainPattern("<script>")
        .doesNotContainPattern(" on[a-z]+=")
        .doesNotContain("http://", "https://");
  }

  @Test
  void pageOfAnEntryIsMarkedAsTheCurrentOne() {
    var entry = new Entry("Apps", "/console/apps", 1, false);
    FRAMES.addEntry(entry);
    assertThat(FRAMES.page(Frame.of("x", "/console/apps", html -> {})))
        .contains("aria-current=\"page\"");
    assertThat(FRAMES.page(Frame.of("x", "/console", html -> {}))).doesNotContain("aria-current");
    FRAMES.removeEntry(entry);
  }

  @Test
  void assetsAreOurs() {
    for (var asset : List.of("htmx.min.js", "console.js", "console.css")) {
      var answer = platform.anonymous().get("/console/assets/" + asset);
      assertThat(answer.status()).as(asset).isEqualTo(200);
      assertThat(answer.text()).isNotBlank();
      assertThat(page()).as(asset).contains("/console/assets/" + asset);
    }
    assertThat(platform.anonymous().get("/console/assets/other.js").status()).isEqualTo(404);
  }
}
