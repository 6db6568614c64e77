package dev.slipway.scripts.store;

import dev.slipway.api.Ids;
import dev.slipway.data.Database;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.ScriptVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Scripts with their sources and secrets as rows; every call needs a unit of work. */
public final class ScriptStore {
  private final ScriptMapper scripts;

  public ScriptStore(Database database) {
    scripts = database.mapper(ScriptMapper.class);
  }

  public Optional<Script> find(UUID id) {
    return Optional.ofNullable(scripts.find(id));
  }

  /** The script, which nobody else can change until the unit of work ends. */
  public Optional<Script> lock(UUID id) {
    return Optional.ofNullable(scripts.lock(id));
  }

  /** Newest first, behind the given one. */
  public List<Script> list(
      @Nullable String hook, @Nullable Boolean enabled, @Nullable UUID before, int limit) {
    return scripts.list(hook, enabled, before, limit);
  }

  /** How many there are; nobody else of the tenant adds any until the unit of work ends. */
  public long countAlone(UUID tenantId) {
    scripts.hold(tenantId);
    return scripts.count();
  }

  /** The tenant's enabled ones, in order of creation. */
  public List<Script> enabled(UUID tenantId) {
    return scripts.enabled(tenantId);
  }

  public Optional<Script> byReceiver(String hash) {
    return Optional.ofNullable(scripts.byReceiver(hash));
  }

  public List<Script> due(Instant now, int limit) {
    return scripts.due(now, limit);
  }

  public void scheduled(UUID id, @Nullable Instant next) {
    scripts.scheduled(id, next);
  }

  /** Notes how the last run came out; no edit, so its version stays. */
  public void ran(UUID id, String status, Instant at) {
    scripts.ran(id, status, at);
  }

  public void insert(Script script) {
    scripts.insert(script);
  }

  /** Writes a script that was locked in this unit of work. */
  public void update(Script script) {
    if (scripts.update(script) != 1) {
      throw new IllegalStateException("script " + script.id() + " was written unlocked");
    }
  }

  public boolean delete(UUID id) {
    return scripts.delete(id) == 1;
  }

  public Optional<ScriptVersion> version(UUID scriptId, int number) {
    return Optional.ofNullable(scripts.version(scriptId, number));
  }

  /** Newest first, below the given number. */
  public List<ScriptVersion> versions(UUID scriptId, @Nullable Integer before, int limit) {
    return scripts.versions(scriptId, before, limit);
  }

  public int latestVersion(UUID scriptId) {
    return scripts.latestVersion(scriptId);
  }

  /** Adds a source, and forgets the oldest ones that are not active. */
  public void insertVersion(ScriptVersion version, int keep) {
    scripts.insertVersion(version);
    scripts.trimVersions(version.scriptId(), keep);
  }

  public List<String> secretNames(UUID scriptId) {
    return scripts.secretNames(scriptId);
  }

  /** Sealed. */
  public Optional<String> secret(UUID scriptId, String name) {
    return Optional.ofNullable(scripts.secret(scriptId, name));
  }

  /** A sealed value; null takes the secret away. */
  public void secret(UUID tenantId, UUID scriptId, String name, @Nullable String sealed) {
    if (sealed == null) {
      scripts.removeSecret(scriptId, name);
    } else {
      scripts.putSecret(Ids.next(), tenantId, scriptId, name, sealed);
    }
  }
}
