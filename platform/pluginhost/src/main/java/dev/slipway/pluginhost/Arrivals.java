package dev.slipway.pluginhost;

import dev.slipway.api.PlatformException;
import dev.slipway.api.plugin.PluginInfo.Kind;
import java.io.IOException;
import java.util.List;

/** Takes in what operators upload: new plugins, and other versions of those that are there. */
final class Arrivals {
  private final Plugins plugins;
  private final Bundles bundles;
  private final PluginFolder folder;
  private final Consent consent;
  private final Carrier carrier;
  private final Running running;

  Arrivals(
      Plugins plugins,
      Bundles bundles,
      PluginFolder folder,
      Consent consent,
      Carrier carrier,
      Running running) {
    this.plugins = plugins;
    this.bundles = bundles;
    this.folder = folder;
    this.consent = consent;
    this.carrier = carrier;
    this.running = running;
  }

  /** Installs a plugin; gives its id. */
  String add(PluginFolder.Upload upload, boolean enable) throws IOException {
    var id = upload.manifest().id();
    plugins
        .find(id)
        .ifPresent(
            known -> {
              throw PluginError.INSTALLED.of(id, known.release());
            });
    if (bundles.find(id).isPresent()) {
      throw PluginError.TAKEN.of(id);
    }
    var row = plugins.row(upload, enable, List.of());
    var done = false;
    try {
      carrier.admit(row);
      if (enable) {
        consent.toAll(row);
      }
      carrier.bring(row, upload, () -> plugins.added(row));
      done = true;
    } catch (PlatformException failure) {
      plugins.refused(upload.manifest(), failure);
      throw failure;
    } finally {
      if (!done) {
        consent.forget(id);
        running.forget(id);
      }
    }
    running.note(id);
    return id;
  }

  /**
   * The new version starts beside the old one and takes its routes over; only then does the old one
   * drain and go.
   */
  void replace(String id, PluginFolder.Upload upload, boolean grant) throws IOException {
    var before = plugins.known(id);
    requireOtherVersion(before, upload.manifest());
    var old = bundles.find(id);
    var users = old.map(bundles::refreshedWith).orElse(List.of());
    if (!users.isEmpty()) {
      throw PluginError.NEEDED.of(id, String.join(", ", users));
    }
    start(before, upload, grant);
    old.ifPresent(
        bundle -> {
          running.stop(id, bundle);
          bundles.uninstall(bundle);
        });
    folder.remove(before);
    running.note(id);
  }

  private static void requireOtherVersion(PluginRow before, Manifest manifest) {
    if (before.kind() == Kind.FEATURE) {
      throw PluginError.SHIPPED.of(before.id());
    }
    if (!manifest.id().equals(before.id())) {
      throw PluginError.OTHER_ID.of(manifest.id(), before.id());
    }
    if (manifest.version().equals(before.release())) {
      throw PluginError.SAME_VERSION.of(before.release());
    }
  }

  private void start(PluginRow before, PluginFolder.Upload upload, boolean grant)
      throws IOException {
    var manifest = upload.manifest();
    var row = plugins.row(upload, before.enabled(), before.routes()).replacing(before);
    Runnable fallBack = () -> {};
    var done = false;
    try {
      carrier.admit(row);
      fallBack = consent.toUpdate(before, manifest, grant);
      carrier.bring(row, upload, () -> plugins.updated(row, () -> consent.updated(row)));
      done = true;
    } catch (PlatformException failure) {
      plugins.refused(before, manifest.version(), failure);
      throw failure;
    } finally {
      if (!done) {
        fallBack.run();
        running.note(before.id());
      }
    }
  }
}
