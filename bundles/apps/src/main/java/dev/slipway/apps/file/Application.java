package dev.slipway.apps.file;

import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.store.AppStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds an app and its file together. All of it happens within one unit of work. */
final class Application {
  private final Caller caller;
  private final FileShape shape;
  private final FirstPart first;
  private final AppStore apps;
  private final Json json;

  Application(Caller caller, FileShape shape, FirstPart first, AppStore apps, Json json) {
    this.caller = caller;
    this.shape = shape;
    this.first = first;
    this.apps = apps;
    this.json = json;
  }

  /** The sections of an app's file. */
  Map<String, @Nullable Object> content(UUID appId) {
    var content = new LinkedHashMap<String, @Nullable Object>();
    shape.parts().forEach(part -> content.putAll(read(part, appId)));
    return content;
  }

  /**
   * Brings the app to what a file says.
   *
   * @param without parts of the file that are left out
   * @param expected fingerprint of the state that it is meant for; null for any
   * @throws PartRefused where a service refuses what the file says
   */
  Plan apply(AppFile file, Set<AppFilePart> without, @Nullable String expected) {
    var found = held(file.slug());
    var before = found == null ? Map.<String, @Nullable Object>of() : content(found);
    if (expected != null && !expected.equals(fingerprint(before))) {
      throw AppsError.FILE_DRIFTED.of();
    }
    if (found == null && without.contains(first)) {
      return new Plan(file.slug(), null, fingerprint(before), List.of(), List.of(), List.of());
    }
    var id = found == null ? created(file) : found;
    var needed = new ArrayList<String>();
    for (var part : shape.parts()) {
      if (!without.contains(part)) {
        needed.addAll(refusing(part, () -> write(part, id, file)));
      }
    }
    var changes = changes(before, content(id));
    // What is undone gives its id back.
    var shown = expected == null ? found : id;
    return new Plan(file.slug(), shown, fingerprint(before), changes, needed, List.of());
  }

  private List<Change> changes(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    var notes = new HashMap<String, String>();
    shape.parts().forEach(part -> notes.putAll(part.notes(before, after)));
    return Change.between(before, after).stream()
        .map(change -> change.with(notes.get(change.path())))
        .toList();
  }

  private @Nullable UUID held(String slug) {
    var id = apps.idOf(caller.tenantId(), slug).orElse(null);
    if (id == null) {
      return null;
    }
    shape.parts().forEach(part -> part.hold(caller, id));
    var app = apps.lock(id).orElse(null);
    if (app != null && app.status() == AppStatus.DELETING) {
      throw AppsError.APP_DELETING.of();
    }
    return app == null ? null : id;
  }

  private UUID created(AppFile file) {
    var sections = shape.complete(first, file.sections(shape.names(first)));
    return refusing(first, () -> first.create(caller, sections)).id();
  }

  private List<String> write(AppFilePart part, UUID appId, AppFile file) {
    var wanted = shape.complete(part, file.sections(shape.names(part)));
    var current = shape.complete(part, read(part, appId));
    wanted.entrySet().removeIf(each -> Objects.equals(each.getValue(), current.get(each.getKey())));
    return wanted.isEmpty() ? List.of() : part.write(caller, app(appId), wanted);
  }

  private Map<String, @Nullable Object> read(AppFilePart part, UUID appId) {
    return said(part.read(caller, app(appId)));
  }

  private App app(UUID appId) {
    return apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
  }

  private static <T> T refusing(AppFilePart part, Supplier<T> call) {
    try {
      return call.get();
    } catch (PlatformException refusal) {
      throw new PartRefused(part, refusal);
    }
  }

  /** Without members that are null, and each list once: a file would refer back to the first. */
  private static Map<String, @Nullable Object> said(Map<?, ?> members) {
    var said = new LinkedHashMap<String, @Nullable Object>();
    members.forEach(
        (name, value) -> {
          switch (value) {
            case null -> {}
            case Map<?, ?> inner -> said.put((String) name, said(inner));
            case List<?> list -> said.put((String) name, new ArrayList<>(list));
            default -> said.put((String) name, value);
          }
        });
    return said;
  }

  private String fingerprint(Map<String, @Nullable Object> content) {
    try {
      var text = json.write(content).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
