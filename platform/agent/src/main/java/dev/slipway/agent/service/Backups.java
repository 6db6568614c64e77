package dev.slipway.agent.service;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.NamedLocks;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Takes backups of services in containers, brings them back and tries them. Thread-safe; what is
 * done to one service takes turns.
 */
public final class Backups {
  private static final int NAME_LENGTH = 8;

  private final ContainerAccess containers;
  private final BackupFiles files;
  private final Map<String, ServiceKind> kinds;
  private final NamedLocks turns = new NamedLocks();

  public Backups(ContainerAccess containers, BackupFiles files) {
    this.containers = containers;
    this.files = files;
    kinds =
        Map.of(
            "postgresql", new Postgres(containers, files),
            "mysql", new Mysql(containers),
            "mongodb", new Mongo(containers),
            "redis", new Redis(containers));
  }

  /** Deletes what an agent that was killed has left unfinished. */
  public void sweep() throws IOException {
    files.sweep();
  }

  /** The kinds of services, in the words of the contract. */
  public Set<String> types() {
    return kinds.keySet();
  }

  /** The same in the contract's words for answers. */
  public String engine(String type) {
    return kind(type).engine();
  }

  private ServiceKind kind(String type) {
    var kind = kinds.get(type);
    if (kind == null) {
      throw new IllegalArgumentException("no kind of service: " + type);
    }
    return kind;
  }

  /**
   * Saves a running service.
   *
   * @param id of the backup that is made, a UUID
   */
  public Backup create(String container, String type, String id)
      throws RuntimeRefusal, IOException, InterruptedException {
    var kind = kind(type);
    try (var _ = turns.take(container)) {
      var service = containers.look(container);
      try (var draft = files.begin(container, id, kind.suffix())) {
        return draft.keep(kind.save(service, draft.content()));
      }
    }
  }

  /** Puts a backup into the place of what a service has; where that fails, that stays. */
  public Backup restore(String container, String type, String storagePath)
      throws RuntimeRefusal, IOException, InterruptedException {
    try (var _ = turns.take(container)) {
      var backup = whole(storagePath, type);
      kind(type).restore(backup, containers.look(container));
      return backup;
    }
  }

  /**
   * Has a server of its own read a backup.
   *
   * @param id what the server's container is named after
   * @return how many tables or keys it found
   */
  public long verify(String storagePath, String type, String image, String id, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    var kind = kind(type);
    var name = "deploy-verify-" + id.substring(0, NAME_LENGTH);
    try (var _ = turns.take(name)) {
      var backup = whole(storagePath, type);
      containers.requireImage(image, progress);
      var container = Calm.made(() -> containers.apart(image, name, kind.trialVariables()));
      try {
        return kind.verify(backup, container);
      } finally {
        Calm.atLast("removing " + name, () -> containers.remove(container, true));
      }
    }
  }

  private Backup whole(String storagePath, String type) throws RuntimeRefusal, IOException {
    var backup = files.findWhole(storagePath);
    var saved = backup.note().origin().serviceType();
    if (!saved.equals(type)) {
      throw new RuntimeRefusal("the backup is one of " + saved + ", not of " + type);
    }
    return backup;
  }

  /** A backup to read as it is. */
  public Backup find(String storagePath) throws RuntimeRefusal, IOException {
    return files.find(storagePath);
  }

  /** Deletes a backup; false when there was none. */
  public boolean remove(String storagePath) throws RuntimeRefusal, IOException {
    return files.remove(storagePath);
  }
}
