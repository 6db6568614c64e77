package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.data.Database;
import dev.slipway.scripts.ScriptsError;
import dev.slipway.scripts.store.EntryStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a script keeps between its runs: JSON by key, its own alone. */
@Component(service = Entries.class)
public final class Entries {
  private static final int MOST = 1000;
  private static final int LONGEST = 64 * 1024;
  private static final long MOST_CHARACTERS = 1024 * 1024;

  private final Database database;
  private final Json json;
  private final EntryStore entries;

  @Activate
  public Entries(@Reference Database database, @Reference Json json) {
    this.database = database;
    this.json = json;
    entries = new EntryStore(database);
  }

  @Nullable Object get(ScriptCall call, String key) {
    var value =
        database.read(
            Scope.tenant(call.tenantId()), () -> entries.value(call.scriptId(), key(key)));
    return value.isEmpty() ? null : json.read(value.get(), Object.class);
  }

  void set(ScriptCall call, String key, @Nullable Object value) {
    var text = json.write(value);
    if (text.length() > LONGEST) {
      throw ScriptsError.STORE_FULL.of("A value has at most 64 KiB.");
    }
    database.run(
        Scope.tenant(call.tenantId()),
        () -> {
          var size = entries.sizeWithout(call.scriptId(), key(key));
          if (size.entries() >= MOST
              || size.characters() + key.length() + text.length() > MOST_CHARACTERS) {
            throw ScriptsError.STORE_FULL.of("A script keeps at most 1000 keys and 1 MiB in all.");
          }
          entries.put(call.tenantId(), call.scriptId(), key, text, Times.now());
        });
  }

  boolean delete(ScriptCall call, String key) {
    return database.write(
        Scope.tenant(call.tenantId()), () -> entries.remove(call.scriptId(), key(key)));
  }

  List<String> keys(ScriptCall call, String prefix) {
    return database.read(
        Scope.tenant(call.tenantId()),
        () -> entries.keys(call.scriptId(), prefix.isEmpty() ? "" : key(prefix), MOST));
  }

  /** What PostgreSQL's text can not hold. */
  private static String key(String text) {
    if (text.indexOf('\0') >= 0
        || text.chars().anyMatch(c -> Character.isSurrogate((char) c))
            && !java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw ScriptsError.ARGUMENTS_UNFIT.of("kv: the key has characters that can not be kept.");
    }
    return text;
  }
}
