package dev.slipway.deployments.store.push;

import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.data.Database;
import java.util.UUID;

/** What apps' repositories take of the disk; every call needs a unit of work. */
public final class RepositoryStore {
  private final RepositoryMapper mapper;

  public RepositoryStore(Database database) {
    mapper = database.mapper(RepositoryMapper.class);
  }

  /** An app's repository was measured. */
  public void put(UUID tenantId, UUID appId, long bytes) {
    mapper.put(new RepositoryRow(Ids.next(), tenantId, appId, bytes, Times.now()));
  }

  /** The bytes of a tenant's repositories but this one. */
  public long othersOf(UUID tenantId, UUID appId) {
    return mapper.othersOf(tenantId, appId);
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
