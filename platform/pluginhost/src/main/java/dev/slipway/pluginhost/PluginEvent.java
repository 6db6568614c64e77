package dev.slipway.pluginhost;

import dev.slipway.api.event.DomainEvent;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change in a plugin's life.
 *
 * @param change past verb: installed, updated, configured, granted, enabled, disabled, uninstalled,
 *     refused, failed, quarantined
 * @param pluginId symbolic name
 * @param reason why, where there is a reason
 */
record PluginEvent(String change, String pluginId, String version, @Nullable String reason)
    implements DomainEvent {
  @Override
  public String type() {
    return "plugins.plugin." + change;
  }

  @Override
  public @Nullable UUID tenantId() {
    return null;
  }

  @Override
  public UUID subjectId() {
    return subject(pluginId);
  }

  /** Plugins are named, not numbered; the event log wants an id of the subject. */
  static UUID subject(String pluginId) {
    return UUID.nameUUIDFromBytes(pluginId.getBytes(StandardCharsets.UTF_8));
  }
}
