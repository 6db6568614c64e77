package dev.slipway.apps.store;

import dev.slipway.apps.VariableVersion;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the variables of the current scope were. */
public final class VariableVersionStore {
  private final VariableVersionMapper versions;

  public VariableVersionStore(Database database) {
    versions = database.mapper(VariableVersionMapper.class);
  }

  /**
   * Notes what these variables have become in this unit of work.
   *
   * @param keep how many versions of each stay; besides those that a deployment still has
   */
  public void record(Collection<UUID> envVarIds, VersionMaker by, int keep) {
    if (!envVarIds.isEmpty()) {
      var ids = envVarIds.toArray(UUID[]::new);
      versions.record(ids, by);
      versions.trim(ids, keep);
    }
  }

  /** The versions of a variable, newest first. */
  public List<VariableVersion> of(UUID envVarId) {
    return versions.ofVariable(envVarId);
  }

  /** A version of this variable. */
  public Optional<VariableVersion> find(UUID envVarId, UUID id) {
    return Optional.ofNullable(versions.find(envVarId, id));
  }

  /** Makes a version secret. */
  public void hide(UUID id, String sealed) {
    versions.hide(id, sealed);
  }

  /** No deployment gets this value from now on. */
  public void revoke(UUID envVarId, int number, Instant at) {
    versions.revoke(envVarId, number, at);
  }

  /** Those of these variables whose present value is revoked. */
  public Set<UUID> revoked(Collection<UUID> envVarIds) {
    return Set.copyOf(versions.revoked(envVarIds.toArray(UUID[]::new)));
  }
}
