package dev.slipway.store;

import org.osgi.framework.Bundle;

/** Tables of bundles, for the plugin host; a service of this bundle. */
public interface Migrations {
  /**
   * Runs a bundle's changelog.
   *
   * @throws RuntimeException where it fails; the message says why
   */
  void migrate(Bundle bundle);

  /**
   * Drops every table that carries the prefix of a bundle's feature, and what is known of its
   * changelog.
   */
  void purge(String bundle);
}
