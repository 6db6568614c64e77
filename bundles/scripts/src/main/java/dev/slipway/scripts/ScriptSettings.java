package dev.slipway.scripts;

import java.util.List;

/**
 * What holds for all scripts of a tenant.
 *
 * @param version counts edits; 0 before the first
 * @param fetchHosts names, or {@code *.} and a name for all below it
 */
public record ScriptSettings(int version, List<String> fetchHosts) {
  public ScriptSettings {
    fetchHosts = List.copyOf(fetchHosts);
  }
}
