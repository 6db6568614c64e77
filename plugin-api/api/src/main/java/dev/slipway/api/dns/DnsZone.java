package dev.slipway.api.dns;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A part of the name space whose records are kept together.
 *
 * @param id what the provider knows it by
 * @param name in lower case and without a dot at its end, such as {@code example.org}
 * @since 0.1.0
 */
@ProviderType
public record DnsZone(String id, String name) {
  /** Whether a full name lies in it. */
  public boolean holds(String full) {
    return full.equals(name) || full.endsWith("." + name);
  }
}
