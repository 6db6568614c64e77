package dev.slipway.apps.store;

import dev.slipway.apps.AppProcess;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;

/** The processes of the apps of the current scope; whoever writes holds the lock of the app. */
public final class ProcessStore {
  private final ProcessMapper processes;

  public ProcessStore(Database database) {
    processes = database.mapper(ProcessMapper.class);
  }

  /** The processes of an app in order of their names. */
  public List<AppProcess> ofApp(UUID appId) {
    return processes.ofApp(appId);
  }

  public void insert(AppProcess process) {
    processes.insert(process);
  }

  public void update(AppProcess process) {
    processes.update(process);
  }

  public void delete(UUID id) {
    processes.delete(id);
  }
}
