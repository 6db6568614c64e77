package dev.slipway.pluginhost;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.plugin.PluginRegistry.Permissions;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What operators decide about permissions. Enabling a plugin the first time is consent to what it
 * asks for; an update that asks for more waits until that is granted.
 */
final class Consent {
  private final Plugins plugins;
  private final Grants grants;

  Consent(Plugins plugins, Grants grants) {
    this.plugins = plugins;
    this.grants = grants;
  }

  Permissions shown(PluginRow row) {
    return new Permissions(asked(row), grants.of(row.id()).orElse(List.of()));
  }

  Permissions decide(PluginRow row, List<String> granted) {
    var asked = asked(row);
    for (var permission : granted) {
      if (!asked.contains(permission)) {
        throw PluginError.NOT_ASKED.at("granted", row.id(), permission);
      }
    }
    CurrentOperation.detail("before", grants.of(row.id()).orElse(List.of()));
    CurrentOperation.detail("after", granted);
    plugins.granted(row, () -> grants.put(row.id(), granted));
    return shown(row);
  }

  /** It is about to be enabled: grants what it asks for where nobody has decided yet. */
  void toAll(PluginRow row) {
    if (grants.of(row.id()).isEmpty()) {
      grants.put(row.id(), asked(row));
    }
  }

  /** Nothing is granted to it any more. */
  void forget(String id) {
    grants.remove(id);
  }

  /** What another version asks for that nobody was asked about. */
  List<String> more(PluginRow before, Manifest next) {
    var more = new LinkedHashSet<>(next.permissions());
    asked(before).forEach(more::remove);
    grants.of(before.id()).orElse(List.of()).forEach(more::remove);
    return List.copyOf(more);
  }

  /**
   * Makes way for another version.
   *
   * @param grant whether what it asks for more is granted
   * @return puts back what was granted before, should the version not start
   */
  Runnable toUpdate(PluginRow before, Manifest next, boolean grant) {
    var more = more(before, next);
    if (!more.isEmpty() && !grant) {
      throw PluginError.ASKS_MORE.of(before.id(), String.join(", ", more));
    }
    var known = grants.of(before.id());
    if (known.isEmpty() || more.isEmpty()) {
      return () -> {};
    }
    var granted = new LinkedHashSet<>(known.get());
    granted.addAll(more);
    grants.put(before.id(), granted);
    return () -> grants.put(before.id(), known.get());
  }

  /** The version is there: what it does not ask for is not granted any more. */
  void updated(PluginRow row) {
    grants
        .of(row.id())
        .ifPresent(
            granted -> {
              var kept = new LinkedHashSet<>(granted);
              kept.retainAll(asked(row));
              if (kept.size() < granted.size()) {
                grants.put(row.id(), kept);
              }
            });
  }

  private List<String> asked(PluginRow row) {
    return plugins.manifest(row).permissions();
  }
}
