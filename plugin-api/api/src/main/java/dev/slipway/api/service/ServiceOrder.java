package dev.slipway.api.service;

import dev.slipway.api.offering.Setup;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A service as a tenant wants it.
 *
 * @param name of the service, {@code [a-z][a-z0-9-]{0,62}}; stays
 * @param version one of {@link ServiceProfile#versions()}
 * @param modules keys of those that are on
 * @param memoryMb memory of all its containers together, MiB; not less than the profile's least
 * @param secrets those of {@link ServiceProfile#secrets()}; stay
 * @since 0.1.0
 */
@ProviderType
public record ServiceOrder(
    String name,
    String version,
    Set<String> modules,
    int memoryMb,
    Map<String, String> secrets,
    Setup setup) {
  /** Keeps the parts as they are now. */
  public ServiceOrder {
    modules = Set.copyOf(modules);
    secrets = Map.copyOf(secrets);
  }

  /** A secret; refuses one that the profile does not name. */
  public String secret(String key) {
    var secret = secrets.get(key);
    if (secret == null) {
      throw new IllegalArgumentException("there is no secret " + key);
    }
    return secret;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "ServiceOrder[%s %s %s %d MiB, %s]".formatted(name, version, modules, memoryMb, setup);
  }
}
