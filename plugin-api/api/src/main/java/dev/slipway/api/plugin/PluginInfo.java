package dev.slipway.api.plugin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A feature bundle or plugin as operators see it.
 *
 * @param id symbolic name
 * @param kind feature (shipped) or plugin (installed)
 * @param core whether it can not be disabled
 * @param reason why it is failed, incompatible or quarantined
 * @param apiRange OSGi version range of plugin-api it was built for
 * @param digest lower-case hex SHA-256 of the installed file
 * @param dependsOn ids of bundles whose packages it uses
 * @param dependents ids of bundles that use its packages
 * @param operations how many operations it has registered
 * @param eventTypes event types it says it publishes
 */
@ProviderType
public record PluginInfo(
    String id,
    String name,
    String version,
    String vendor,
    String description,
    Kind kind,
    boolean core,
    State state,
    @Nullable String reason,
    String apiRange,
    String digest,
    Signature signature,
    List<String> dependsOn,
    List<String> dependents,
    int operations,
    List<String> eventTypes,
    Instant installedAt,
    Instant stateChangedAt) {

  /** Shipped with the platform, or installed by an operator. */
  public enum Kind {
    FEATURE,
    PLUGIN
  }

  /** Where it is in its life. */
  public enum State {
    ACTIVE,
    DISABLED,
    STARTING,
    STOPPING,
    FAILED,
    INCOMPATIBLE,
    QUARANTINED
  }

  /**
   * Whether the file is signed.
   *
   * @param status valid, invalid or none
   * @param signer name of the trusted key
   */
  public record Signature(String status, @Nullable String signer) {}
}
