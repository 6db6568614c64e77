package dev.slipway.pluginhost;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.platform.Json;
import dev.slipway.api.plugin.PluginRegistry.Failure;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the host remembers of plugins. Each change and its event are written together. */
final class Plugins {
  private static final Scope SCOPE = Scope.platform("plugins belong to no tenant");
  private static final int LONGEST_MESSAGE = 2_000;

  private final Database database;
  private final Events events;
  private final Json json;
  private final PluginMapper mapper;

  Plugins(Database database, Events events, Json json) {
    this.database = database;
    this.events = events;
    this.json = json;
    mapper = database.mapper(PluginMapper.class);
  }

  List<PluginRow> all() {
    return database.read(SCOPE, mapper::all);
  }

  Optional<PluginRow> find(String id) {
    return Optional.ofNullable(database.read(SCOPE, () -> mapper.byName(id)));
  }

  List<Failure> failures(String id) {
    return database.read(SCOPE, () -> mapper.failures(id));
  }

  Manifest manifest(PluginRow row) {
    return json.read(json.write(row.manifest()), Manifest.class);
  }

  void added(PluginRow row) {
    database.run(
        SCOPE,
        () -> {
          mapper.insert(row);
          events.publish(new PluginEvent("installed", row.id(), row.version(), null));
        });
  }

  void updated(PluginRow row) {
    database.run(
        SCOPE,
        () -> {
          mapper.update(row);
          events.publish(new PluginEvent("updated", row.id(), row.version(), null));
        });
  }

  void removed(PluginRow row) {
    database.run(
        SCOPE,
        () -> {
          mapper.remove(row.id());
          events.publish(new PluginEvent("uninstalled", row.id(), row.version(), null));
        });
  }

  void wanted(PluginRow row, boolean enabled) {
    database.run(
        SCOPE,
        () -> {
          mapper.want(row.id(), enabled, Instant.now());
          var change = enabled ? "enabled" : "disabled";
          events.publish(new PluginEvent(change, row.id(), row.version(), null));
        });
  }

  void quarantined(PluginRow row, @Nullable String reason) {
    database.run(
        SCOPE,
        () -> {
          mapper.quarantine(row.id(), reason, Instant.now());
          if (reason != null) {
            events.publish(new PluginEvent("quarantined", row.id(), row.version(), reason));
          }
        });
  }

  void serves(String id, List<String> routes) {
    database.run(SCOPE, () -> mapper.serves(id, routes));
  }

  void failed(String id, String version, String phase, String message) {
    var text = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    database.run(
        SCOPE,
        () -> {
          mapper.failed(Ids.next(), id, new Failure(Instant.now(), phase, text));
          mapper.forgetFailures(id);
          events.publish(new PluginEvent("failed", id, version, text));
        });
  }

  /** A feature bundle as a row, the first time it is seen. */
  PluginRow feature(String id, String version, String digest, Manifest manifest) {
    var now = Instant.now();
    var row =
        new PluginRow(
            id,
            dev.slipway.api.plugin.PluginInfo.Kind.FEATURE,
            version,
            null,
            digest,
            json.members(manifest),
            true,
            null,
            List.of(),
            java.util.Map.of(),
            now,
            now);
    database.run(SCOPE, () -> mapper.insert(row));
    return row;
  }

  /** A feature bundle of another release than before. */
  void refreshed(PluginRow row) {
    database.run(SCOPE, () -> mapper.update(row));
  }

  PluginRow row(PluginFile file, boolean enabled) {
    var now = Instant.now();
    var manifest = file.manifest();
    return new PluginRow(
        manifest.id(),
        dev.slipway.api.plugin.PluginInfo.Kind.PLUGIN,
        manifest.version(),
        file.path().getFileName().toString(),
        file.digest(),
        json.members(manifest),
        enabled,
        null,
        List.of(),
        java.util.Map.of(),
        now,
        now);
  }
}
