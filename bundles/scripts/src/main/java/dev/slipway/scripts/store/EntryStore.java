package dev.slipway.scripts.store;

import dev.slipway.data.Database;
import dev.slipway.scripts.ScriptSettings;
import dev.slipway.scripts.store.EntryMapper.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What scripts keep between runs, and the settings of tenants; needs a unit of work. */
public final class EntryStore {
  private final EntryMapper entries;

  public EntryStore(Database database) {
    entries = database.mapper(EntryMapper.class);
  }

  public Optional<String> value(UUID scriptId, String key) {
    return Optional.ofNullable(entries.value(scriptId, key));
  }

  public List<String> keys(UUID scriptId, String prefix, int limit) {
    return entries.keys(scriptId, prefix, limit);
  }

  /** What the script keeps besides a key; nobody else adds to it until the unit of work ends. */
  public Size sizeWithout(UUID scriptId, String key) {
    entries.hold(scriptId);
    return entries.sizeWithout(scriptId, key);
  }

  public void put(UUID tenantId, UUID scriptId, String key, String value, Instant now) {
    entries.put(tenantId, scriptId, key, value, now);
  }

  public boolean remove(UUID scriptId, String key) {
    return entries.remove(scriptId, key) == 1;
  }

  public ScriptSettings settings(UUID tenantId) {
    var found = entries.settings(tenantId);
    return found == null ? new ScriptSettings(0, List.of()) : found;
  }

  /** False where the settings have another version by now. */
  public boolean settings(UUID tenantId, List<String> hosts, int expected, Instant now) {
    return entries.putSettings(tenantId, hosts, expected, now) == 1;
  }
}
