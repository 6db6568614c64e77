package dev.slipway.console;

import org.osgi.annotation.versioning.ConsumerType;

/** A place in the console's navigation; it is there as long as its bundle is. */
@ConsumerType
public interface ConsoleEntry {
  /** What people read, such as {@code Apps}. */
  String title();

  /** Where it leads, such as {@code /console/apps}; all that lies below belongs to it. */
  String path();

  /** Its place: the lower the further to the left. */
  int order();

  /** Whether it is of use to operators of the platform alone; others do not see it. */
  default boolean operators() {
    return false;
  }
}
