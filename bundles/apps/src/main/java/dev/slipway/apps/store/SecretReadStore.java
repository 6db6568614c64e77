package dev.slipway.apps.store;

import dev.slipway.apps.SecretRead;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;

/** Who was shown variables of the current scope. */
public final class SecretReadStore {
  private final SecretReadMapper reads;

  public SecretReadStore(Database database) {
    reads = database.mapper(SecretReadMapper.class);
  }

  public void insert(SecretRead read) {
    reads.insert(read);
  }

  /** The last reads of a variable, newest first. */
  public List<SecretRead> of(UUID envVarId, int limit) {
    return reads.ofVariable(envVarId, limit);
  }
}
