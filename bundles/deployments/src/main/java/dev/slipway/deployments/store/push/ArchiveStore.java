package dev.slipway.deployments.store.push;

import dev.slipway.data.Database;
import java.util.UUID;

/** Uploaded folders; every call needs a unit of work. */
public final class ArchiveStore {
  private final ArchiveMapper mapper;

  public ArchiveStore(Database database) {
    mapper = database.mapper(ArchiveMapper.class);
  }

  public void insert(ArchiveRow row) {
    mapper.insert(row);
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
