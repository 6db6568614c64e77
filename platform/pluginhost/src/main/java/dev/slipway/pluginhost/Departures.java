package dev.slipway.pluginhost;

import dev.slipway.store.Migrations;
import java.io.IOException;
import java.util.List;

/** Takes plugins out; what they have stored stays unless that is to go too. */
final class Departures {
  private final Plugins plugins;
  private final Bundles bundles;
  private final PluginFolder folder;
  private final Conditions conditions;
  private final Running running;
  private final Remains remains;

  Departures(
      Plugins plugins,
      Bundles bundles,
      PluginFolder folder,
      Conditions conditions,
      Running running,
      Remains remains) {
    this.plugins = plugins;
    this.bundles = bundles;
    this.folder = folder;
    this.conditions = conditions;
    this.running = running;
    this.remains = remains;
  }

  /**
   * What a plugin leaves behind.
   *
   * @param migrations know its tables
   */
  record Remains(Grants grants, Migrations migrations, StoredSettings stored) {}

  void remove(String id, boolean purge) throws IOException {
    conditions.requireNotCore(id);
    var row = plugins.known(id);
    conditions.requireInstalled(row);
    var users = bundles.find(id).map(bundles::usedBy).orElse(List.of());
    if (!users.isEmpty()) {
      throw PluginError.NEEDED.of(id, String.join(", ", users));
    }
    running.end(id);
    remains.grants().remove(id);
    if (purge) {
      remains.migrations().purge(id);
    }
    plugins.removed(row, purge ? () -> remains.stored().remove(id) : () -> {});
    folder.remove(row);
  }
}
