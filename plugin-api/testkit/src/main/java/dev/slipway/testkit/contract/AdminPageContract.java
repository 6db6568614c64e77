package dev.slipway.testkit.contract;

import dev.slipway.api.spi.AdminPage;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** What every {@link AdminPage} promises; for a {@code @TestFactory}. */
public final class AdminPageContract {
  private static final int LONGEST_TITLE = 60;

  private AdminPageContract() {}

  /** The cases. */
  public static Stream<DynamicNode> tests(AdminPage page) {
    return Stream.of(
        DynamicTest.dynamicTest("title is short and stays", () -> title(page)),
        DynamicTest.dynamicTest("page is there and bounded", () -> bounded(page)),
        DynamicTest.dynamicTest("page needs no script and loads nothing", () -> plain(page)),
        DynamicTest.dynamicTest("page is shown as often as it is asked for", () -> again(page)));
  }

  private static void title(AdminPage page) {
    var title = page.title();
    Assertions.assertFalse(title.isBlank(), "title is blank");
    Assertions.assertTrue(title.length() <= LONGEST_TITLE, "title has more than 60 characters");
    Assertions.assertEquals(title, page.title(), "title changes");
  }

  private static void bounded(AdminPage page) throws Exception {
    var html = page.html();
    Assertions.assertFalse(html.isBlank(), "page is blank");
    Assertions.assertTrue(html.length() <= AdminPage.LONGEST, "page is too long");
  }

  private static void plain(AdminPage page) throws Exception {
    var html = page.html().toLowerCase(Locale.ROOT);
    for (var part : new String[] {"<script", "<style", "<iframe", "<form", "<img", "<link"}) {
      Assertions.assertFalse(html.contains(part), part + "> does nothing in the console's frame");
    }
  }

  private static void again(AdminPage page) throws Exception {
    for (var look = 0; look < 3; look++) {
      Assertions.assertFalse(page.html().isBlank(), "page is blank at look " + look);
    }
  }
}
