package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import dev.slipway.agent.runtime.docker.ContainerAccess.Facts;
import dev.slipway.agent.runtime.docker.ContainerAccess.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MongoDB: a dump of all databases. */
final class Mongo implements ServiceKind {
  private static final String DUMP = "dump";
  private static final String CONFIG = "config.yaml";

  private final ContainerAccess containers;

  Mongo(ContainerAccess containers) {
    this.containers = containers;
  }

  @Override
  public String engine() {
    return "BACKUP_ENGINE_MONGO";
  }

  @Override
  public String suffix() {
    return ".tar.gz";
  }

  /** Its password is in a file: words are seen by whoever lists processes. */
  private Program tool(Facts service, InsideFolder inside, String... words)
      throws RuntimeRefusal, IOException {
    var all = new ArrayList<>(List.of(words));
    var password = service.variable("", "MONGO_INITDB_ROOT_PASSWORD");
    if (!password.isEmpty()) {
      var quoted = password.replace("\\", "\\\\").replace("\"", "\\\"");
      containers.place(
          service.id(), inside.path(), Tars.file(CONFIG, "password: \"" + quoted + "\"\n", 0600));
      all.add("--config=" + inside.path(CONFIG));
      all.add("--username=" + service.variable("app", "MONGO_INITDB_ROOT_USERNAME"));
      all.add("--authenticationDatabase=admin");
    }
    return new Program(all, Map.of(), LIMIT);
  }

  @Override
  public Backup.Origin save(Facts service, OutputStream content)
      throws RuntimeRefusal, IOException, InterruptedException {
    try (var inside = new InsideFolder(containers, service.id())) {
      var dump = tool(service, inside, "mongodump", "--quiet", "--out=" + inside.path(DUMP));
      containers.run(service.id(), dump, OutputStream.nullOutputStream());
      inside.send(DUMP, content);
    }
    return new Backup.Origin("mongodb", "", "", "");
  }

  @Override
  public void restore(Backup backup, Facts service)
      throws RuntimeRefusal, IOException, InterruptedException {
    try (var inside = new InsideFolder(containers, service.id());
        var tar = BackupFiles.content(backup)) {
      containers.place(service.id(), inside.path(), tar);
      containers.run(
          service.id(),
          tool(service, inside, "mongorestore", "--quiet", "--drop", inside.path(DUMP)),
          OutputStream.nullOutputStream());
    }
  }

  /** What it restores without a fault is there; it is not counted. */
  @Override
  public long verify(Backup backup, String id)
      throws RuntimeRefusal, IOException, InterruptedException {
    Start.of(containers, id, TRY_LIMIT, () -> answers(id));
    restore(backup, containers.look(id));
    return 0;
  }

  private boolean answers(String id) throws RuntimeRefusal, IOException, InterruptedException {
    var nothing = List.of("mongodump", "--quiet", "--db=admin", "--collection=none", "--archive");
    containers.run(id, Program.of(nothing), OutputStream.nullOutputStream());
    return true;
  }
}
