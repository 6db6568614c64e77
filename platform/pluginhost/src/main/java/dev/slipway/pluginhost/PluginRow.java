package dev.slipway.pluginhost;

import dev.slipway.api.plugin.PluginInfo.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a bundle.
 *
 * @param release version of the bundle; a column named version would count edits
 * @param file name in the plugin folder; null for a feature
 * @param signedBy id of the key that has signed the file; null where none has
 * @param manifest members of its plugin.json
 * @param enabled what the operator wants
 * @param quarantine why it must not run; null where it may
 * @param routes what it served last, each {@code VERB /path}
 */
public record PluginRow(
    String id,
    Kind kind,
    String release,
    @Nullable String file,
    String digest,
    @Nullable String signedBy,
    Map<String, @Nullable Object> manifest,
    boolean enabled,
    @Nullable String quarantine,
    List<String> routes,
    Instant installedAt,
    Instant stateChangedAt) {

  /** This version with the time of installation of the one before. */
  PluginRow replacing(PluginRow before) {
    return new PluginRow(
        id,
        kind,
        release,
        file,
        digest,
        signedBy,
        manifest,
        enabled,
        quarantine,
        routes,
        before.installedAt(),
        stateChangedAt);
  }
}
