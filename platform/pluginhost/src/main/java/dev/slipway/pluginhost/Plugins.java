package dev.slipway.pluginhost;

import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.platform.Json;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginRegistry.Failure;
import dev.slipway.data.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** The row; refuses with 404. */
  PluginRow known(String id) {
    return find(id).orElseThrow(() -> PluginError.NOT_FOUND.of(id));
  }

  List<Failure> failures(String id) {
    return database.read(SCOPE, () -> mapper.failures(id));
  }

  /** The newest failure's message of each plugin that has one. */
  Map<String, String> lastFailures() {
    return database.read(SCOPE, mapper::lastFailures).stream()
        .collect(Collectors.toMap(PluginMapper.Last::pluginId, PluginMapper.Last::message));
  }

  Manifest manifest(PluginRow row) {
    return json.read(json.write(row.manifest()), Manifest.class);
  }

  void added(PluginRow row) {
    write(row, "installed", null, () -> mapper.insert(row));
  }

  void updated(PluginRow row, Runnable further) {
    write(
        row,
        "updated",
        null,
        () -> {
          mapper.update(row);
          further.run();
        });
  }

  void removed(PluginRow row, Runnable further) {
    write(
        row,
        "uninstalled",
        null,
        () -> {
          further.run();
          mapper.forgetAllFailures(row.id());
          mapper.remove(row.id());
        });
  }

  /** It runs because the operator wants it; whatever kept it out is over. */
  void enabled(PluginRow row, List<String> routes) {
    write(row, "enabled", null, () -> mapper.enabled(row.id(), routes, now()));
  }

  /** Its settings were replaced. */
  void configured(PluginRow row, Runnable replacement) {
    write(row, "configured", null, replacement);
  }

  void disabled(PluginRow row) {
    write(row, "disabled", null, () -> mapper.disabled(row.id(), now()));
  }

  /** Keeps it out until an operator enables or updates it. */
  void quarantined(PluginRow row, String reason) {
    if (!reason.equals(row.quarantine())) {
      write(row, "quarantined", reason, () -> mapper.quarantine(row.id(), reason, now()));
    }
  }

  /** It did not start: that is remembered, and a plugin is kept out from now on. */
  void failed(PluginRow row, PlatformException failure) {
    var text = bounded(failure.getMessage());
    database.run(
        SCOPE,
        () -> {
          remember(row.id(), failure, text);
          events.publish(new PluginEvent("failed", row.id(), row.release(), text));
          if (row.kind() == Kind.PLUGIN) {
            quarantined(row, text);
          }
        });
  }

  /** The operator has decided what it may do. */
  void granted(PluginRow row, Runnable decision) {
    write(row, "granted", null, decision);
  }

  /** Something went wrong in it while it ran; it runs on. */
  void stumbled(String id, String message) {
    database.run(
        SCOPE,
        () -> {
          mapper.failed(Ids.next(), id, new Failure(now(), "run", bounded(message)));
          mapper.forgetFailures(id);
        });
  }

  /** A new version did not start; the one that is there stays. */
  void refused(PluginRow row, String version, PlatformException failure) {
    var text = bounded(failure.getMessage());
    database.run(
        SCOPE,
        () -> {
          remember(row.id(), failure, text);
          events.publish(new PluginEvent("refused", row.id(), version, text));
        });
  }

  /** A file was not installed; nothing is left of it but this event. */
  void refused(Manifest manifest, PlatformException failure) {
    var text = bounded(failure.getMessage());
    var event = new PluginEvent("refused", manifest.id(), manifest.version(), text);
    database.run(SCOPE, () -> events.publish(event));
  }

  void serves(PluginRow row, List<String> routes) {
    if (!routes.equals(row.routes())) {
      database.run(SCOPE, () -> mapper.serves(row.id(), routes));
    }
  }

  /** A feature's row as it should be; equal to the known one where nothing has changed. */
  PluginRow feature(
      Manifest manifest, String digest, @Nullable PluginRow known, List<String> routes) {
    return new PluginRow(
        manifest.id(),
        Kind.FEATURE,
        manifest.version(),
        null,
        digest,
        null,
        json.members(manifest),
        known == null || known.enabled(),
        null,
        routes,
        known == null ? now() : known.installedAt(),
        known == null ? now() : known.stateChangedAt());
  }

  /** Writes a feature's row, the first time or of another release than before. */
  void recorded(PluginRow row) {
    database.run(
        SCOPE,
        () -> {
          if (mapper.update(row) == 0) {
            mapper.insert(row);
          }
        });
  }

  /** A feature that is no longer shipped. */
  void gone(PluginRow row) {
    database.run(SCOPE, () -> mapper.remove(row.id()));
  }

  PluginRow row(PluginFolder.Upload upload, boolean enabled, List<String> routes) {
    var manifest = upload.manifest();
    var now = now();
    return new PluginRow(
        manifest.id(),
        Kind.PLUGIN,
        manifest.version(),
        upload.fileName(),
        upload.digest(),
        upload.signedBy(),
        json.members(manifest),
        enabled,
        null,
        routes,
        now,
        now);
  }

  private void remember(String id, PlatformException failure, String text) {
    mapper.failed(Ids.next(), id, new Failure(now(), phase(failure), text));
    mapper.forgetFailures(id);
  }

  private static String phase(PlatformException failure) {
    return switch (failure.code()) {
      case PluginError.UNRESOLVED, PluginError.API_RANGE -> "resolve";
      case PluginError.MIGRATION -> "migrate";
      default -> "start";
    };
  }

  private void write(PluginRow row, String change, @Nullable String reason, Runnable statement) {
    database.run(
        SCOPE,
        () -> {
          statement.run();
          events.publish(new PluginEvent(change, row.id(), row.release(), reason));
        });
  }

  private static String bounded(String message) {
    return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
  }

  /** As PostgreSQL keeps it, so that a row that was read equals the one that was written. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
