package dev.slipway.apps.store;

import dev.slipway.apps.Volume;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The volumes of the apps of the current scope. */
public final class VolumeStore {
  private final VolumeMapper volumes;

  public VolumeStore(Database database) {
    volumes = database.mapper(VolumeMapper.class);
  }

  /** The volumes of an app in order of their names. */
  public List<Volume> ofApp(UUID appId) {
    return volumes.ofApp(appId);
  }

  public Optional<Volume> lock(UUID id) {
    return Optional.ofNullable(volumes.lock(id));
  }

  public void insert(Volume volume) {
    volumes.insert(volume);
  }

  public void delete(UUID id) {
    volumes.delete(id);
  }
}
