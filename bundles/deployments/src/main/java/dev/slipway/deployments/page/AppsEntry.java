package dev.slipway.deployments.page;

import dev.slipway.console.ConsoleEntry;
import org.osgi.service.component.annotations.Component;

/** Where people find their apps. */
@Component(service = ConsoleEntry.class)
public final class AppsEntry implements ConsoleEntry {
  /** Of the list; what lies below it and the pages of deployments belong to it. */
  public static final String PATH = "/console/apps";

  @Override
  public String title() {
    return "Apps";
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public int order() {
    return 10;
  }
}
