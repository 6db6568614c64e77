package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import dev.slipway.agent.runtime.docker.ContainerAccess.Facts;
import dev.slipway.agent.runtime.docker.ContainerAccess.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MySQL and MariaDB: all databases as statements, of one moment. */
final class Mysql implements ServiceKind {
  /** Of the servers that try backups; they have no network. */
  static final String TRIAL_PASSWORD = "trial";

  private static final Duration QUESTION = Duration.ofMinutes(1);
  private static final String TABLES =
      "select count(*) from information_schema.tables where table_type = 'BASE TABLE' and"
          + " table_schema not in ('mysql', 'information_schema', 'performance_schema', 'sys')";

  private final ContainerAccess containers;

  Mysql(ContainerAccess containers) {
    this.containers = containers;
  }

  @Override
  public String engine() {
    return "BACKUP_ENGINE_MYSQL";
  }

  @Override
  public String suffix() {
    return ".sql.gz";
  }

  private static String password(Facts service) {
    return service.variable("", "MYSQL_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD");
  }

  /** Newer images of MariaDB have its own names only. */
  private Program tool(
      Facts service, String mysql, String mariadb, Duration limit, String... options)
      throws RuntimeRefusal, IOException {
    boolean itsOwn = containers.exists(service.id(), "/usr/bin/" + mariadb);
    var words = new ArrayList<>(List.of(itsOwn ? mariadb : mysql, "--user=root"));
    words.addAll(List.of(options));
    return new Program(words, Map.of("MYSQL_PWD", password(service)), limit);
  }

  @Override
  public Backup.Origin save(Facts service, OutputStream content)
      throws RuntimeRefusal, IOException, InterruptedException {
    var dump =
        tool(
            service,
            "mysqldump",
            "mariadb-dump",
            LIMIT,
            "--all-databases",
            "--single-transaction",
            "--quick",
            "--routines",
            "--events",
            "--triggers",
            "--hex-blob");
    containers.run(service.id(), dump, content);
    return new Backup.Origin("mysql", "", "root", "");
  }

  @Override
  public void restore(Backup backup, Facts service)
      throws RuntimeRefusal, IOException, InterruptedException {
    try (var inside = new InsideFolder(containers, service.id());
        var content = BackupFiles.content(backup)) {
      var size = backup.note().contentBytes();
      containers.place(service.id(), inside.path(), Tars.file("dump.sql", 0600, size, content));
      var source = "source " + inside.path("dump.sql");
      var client = tool(service, "mysql", "mariadb", LIMIT, "--batch", "--execute=" + source);
      containers.run(service.id(), client, OutputStream.nullOutputStream());
    }
  }

  @Override
  public Map<String, String> trialVariables() {
    return Map.of("MYSQL_ROOT_PASSWORD", TRIAL_PASSWORD, "MARIADB_ROOT_PASSWORD", TRIAL_PASSWORD);
  }

  @Override
  public long verify(Backup backup, String id)
      throws RuntimeRefusal, IOException, InterruptedException {
    var server = containers.look(id);
    Start.of(containers, id, TRY_LIMIT, () -> answers(server));
    restore(backup, server);
    return Long.parseLong(ask(server, TABLES));
  }

  /** By TCP, which the server of the first moments, that makes the users, does not serve. */
  private boolean answers(Facts server) throws RuntimeRefusal, IOException, InterruptedException {
    return ask(server, "select 1").equals("1");
  }

  private String ask(Facts server, String statement)
      throws RuntimeRefusal, IOException, InterruptedException {
    var client =
        tool(
            server,
            "mysql",
            "mariadb",
            QUESTION,
            "--host=127.0.0.1",
            "--batch",
            "--skip-column-names",
            "--execute=" + statement);
    return containers.text(server.id(), client);
  }
}
