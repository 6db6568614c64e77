package dev.slipway.api.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A page that a plugin adds to the console, shown to administrators of the root tenant with the
 * plugin's details.
 *
 * @since 1.2
 */
@ConsumerType
public interface AdminPage {
  /** Most characters of {@link #html()}. */
  int LONGEST = 256 * 1024;

  /** Heading for people, 1 to 60 characters; stable, and unique within the plugin. */
  String title();

  /**
   * The page as it is now: HTML for the inside of a body, escaped by the plugin where it holds what
   * others have written. It is shown in a frame of its own, in which no script and no style runs
   * and from which nothing is loaded or sent. At most {@link #LONGEST} characters within five
   * seconds; called on a thread of the plugin, for each look.
   *
   * @throws Exception is shown in place of the page
   */
  String html() throws Exception;
}
