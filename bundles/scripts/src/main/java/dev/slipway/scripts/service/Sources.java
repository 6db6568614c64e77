package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.store.ScriptStore;
import java.util.LinkedHashMap;
import java.util.UUID;

/** The sources that ran last: a version never changes. */
final class Sources {
  private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

  private final Database database;
  private final ScriptStore scripts;
  private final LinkedHashMap<Key, String> latest = new LinkedHashMap<>(64, 0.75f, true);
  private int characters;

  Sources(Database database) {
    this.database = database;
    scripts = new ScriptStore(database);
  }

  private record Key(UUID scriptId, int version) {}

  /** The active source. */
  String of(Script script) {
    var key = new Key(script.id(), script.activeVersion());
    synchronized (latest) {
      var known = latest.get(key);
      if (known != null) {
        return known;
      }
    }
    var source =
        database
            .read(
                Scope.tenant(script.tenantId()),
                () -> scripts.version(script.id(), script.activeVersion()))
            .orElseThrow(
                () -> new IllegalStateException("script " + script.id() + " has no source"))
            .source();
    keep(key, source);
    return source;
  }

  private void keep(Key key, String source) {
    synchronized (latest) {
      if (latest.put(key, source) == null) {
        characters += source.length();
      }
      var eldest = latest.values().iterator();
      while (characters > MOST_CHARACTERS) {
        characters -= eldest.next().length();
        eldest.remove();
      }
    }
  }
}
