package dev.slipway.plugins.page;

import dev.slipway.console.ConsoleEntry;
import org.osgi.service.component.annotations.Component;

/** Where operators find the page about plugins. */
@Component(service = ConsoleEntry.class)
public final class PluginEntry implements ConsoleEntry {
  /** Of the page. */
  public static final String PATH = "/console/plugins";

  @Override
  public String title() {
    return "Plugins";
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public int order() {
    return 90;
  }

  @Override
  public boolean operators() {
    return true;
  }
}
