package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import dev.slipway.agent.runtime.docker.ContainerAccess.Facts;
import dev.slipway.agent.runtime.docker.ContainerAccess.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** PostgreSQL: its whole cluster, as its own tool copies it while it runs. */
final class Postgres implements ServiceKind {
  private static final Duration QUESTION = Duration.ofMinutes(1);
  private static final String TABLES =
      """
      select count(*) from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      """;

  private final ContainerAccess containers;
  private final BackupFiles files;

  Postgres(ContainerAccess containers, BackupFiles files) {
    this.containers = containers;
    this.files = files;
  }

  @Override
  public String engine() {
    return "BACKUP_ENGINE_POSTGRES";
  }

  @Override
  public String suffix() {
    return ".tar.gz";
  }

  static String folder(Facts service) {
    return service.variable("/var/lib/postgresql/data", "PGDATA");
  }

  static String user(Facts service) {
    return service.variable("postgres", "POSTGRES_USER");
  }

  /** One statement; what it answers, a line a row. */
  static Program sql(String user, String database, String password, String statement) {
    return new Program(
        List.of("psql", "-X", "-w", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement),
        // As an argument, a name with an equals sign in it would be read as more than a name.
        Map.of("PGUSER", user, "PGDATABASE", database, "PGPASSWORD", password),
        QUESTION);
  }

  @Override
  public Backup.Origin save(Facts service, OutputStream content)
      throws RuntimeRefusal, IOException, InterruptedException {
    var user = user(service);
    var database = service.variable(user, "POSTGRES_DB");
    var password = service.variable("", "POSTGRES_PASSWORD");
    var bytes =
        containers.text(
            service.id(),
            sql(user, database, password, "select sum(pg_database_size(oid)) from pg_database"));
    files.requireRoom(bytes.matches("\\d{1,18}") ? Long.parseLong(bytes) : 0);
    var version =
        containers.text(service.id(), Program.of(List.of("cat", folder(service) + "/PG_VERSION")));
    containers.run(
        service.id(),
        new Program(
            List.of("pg_basebackup", "-w", "-D", "-", "-F", "tar", "-X", "fetch", "-c", "fast"),
            Map.of("PGUSER", user, "PGPASSWORD", password),
            LIMIT),
        content);
    return new Backup.Origin("postgresql", version, user, database);
  }

  @Override
  public void restore(Backup backup, Facts service)
      throws RuntimeRefusal, IOException, InterruptedException {
    var folder = folder(service);
    var origin = backup.note().origin();
    new Restoring(containers, service, () -> answers(service.id(), origin))
        .run(
            folder,
            List.of(),
            backup.note().contentBytes(),
            swap -> requireVersion(swap.run("cat", folder + "/PG_VERSION"), origin),
            swap -> {
              try (var tar = BackupFiles.content(backup)) {
                swap.place(tar);
              }
            });
  }

  private static void requireVersion(String version, Backup.Origin origin) throws RuntimeRefusal {
    if (!version.equals(origin.version())) {
      throw new RuntimeRefusal(
          "the backup is of PostgreSQL " + origin.version() + ", the service is of " + version);
    }
  }

  private boolean answers(String id, Backup.Origin origin)
      throws RuntimeRefusal, IOException, InterruptedException {
    return ask(id, origin, "postgres", "select 1").equals("1");
  }

  private String ask(String id, Backup.Origin origin, String database, String statement)
      throws RuntimeRefusal, IOException, InterruptedException {
    var password = containers.look(id).variable("", "POSTGRES_PASSWORD");
    return containers.text(id, sql(origin.user(), database, password, statement));
  }

  @Override
  public long verify(Backup backup, String id)
      throws RuntimeRefusal, IOException, InterruptedException {
    var origin = backup.note().origin();
    var folder = folder(containers.look(id));
    if (!containers.exists(id, folder)) {
      containers.place(id, "/", Tars.folder(folder, 0700));
    }
    try (var tar = BackupFiles.content(backup)) {
      containers.place(id, folder, tar);
    }
    // Nobody else reaches this one, and its passwords are not known here.
    containers.place(id, folder, Tars.file("pg_hba.conf", "local all all trust\n", 0644));
    Start.of(containers, id, TRY_LIMIT, () -> answers(id, origin));
    var databases =
        ask(
            id,
            origin,
            "postgres",
            "select datname from pg_database where datallowconn and not datistemplate");
    long tables = 0;
    for (var database : databases.lines().toList()) {
      tables += Long.parseLong(ask(id, origin, database, TABLES));
    }
    return tables;
  }
}
