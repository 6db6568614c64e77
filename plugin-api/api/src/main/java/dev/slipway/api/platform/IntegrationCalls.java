package dev.slipway.api.platform;

import org.osgi.annotation.versioning.ProviderType;

/** Counts calls of outside systems, so that the admin area can show how much each is used. */
@ProviderType
public interface IntegrationCalls {
  /**
   * Notes a call; costs no more than a counter.
   *
   * @param integration as {@link dev.slipway.api.spi.Integration#name()}
   */
  void called(String integration);
}
