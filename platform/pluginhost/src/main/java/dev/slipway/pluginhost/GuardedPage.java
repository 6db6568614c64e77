package dev.slipway.pluginhost;

import dev.slipway.api.spi.AdminPage;

/** A page of a plugin, no longer than a page may be. */
record GuardedPage(AdminPage page) implements AdminPage {
  @Override
  public String title() {
    return page.title();
  }

  @Override
  public String html() throws Exception {
    var html = page.html();
    if (html.length() > LONGEST) {
      throw new IllegalStateException("the page is longer than " + LONGEST + " characters");
    }
    return html;
  }
}
