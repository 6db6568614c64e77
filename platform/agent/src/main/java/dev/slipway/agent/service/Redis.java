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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Redis and what speaks like it: a snapshot, as a replica gets it. */
final class Redis implements ServiceKind {
  private static final String DUMP = "dump.rdb";
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  private static final Pattern KEYS = Pattern.compile("keys=(\\d{1,18})");

  private final ContainerAccess containers;

  Redis(ContainerAccess containers) {
    this.containers = containers;
  }

  @Override
  public String engine() {
    return "BACKUP_ENGINE_REDIS";
  }

  @Override
  public String suffix() {
    return ".tar.gz";
  }

  private static Program client(Facts service, Duration limit, String... words) {
    return new Program(
        Stream.concat(Stream.of("redis-cli", "--raw"), Stream.of(words)).toList(),
        password(service).isEmpty() ? Map.of() : Map.of("REDISCLI_AUTH", password(service)),
        limit);
  }

  private static String password(Facts service) {
    int option = service.command().indexOf("--requirepass");
    var given =
        option >= 0 && option + 1 < service.command().size()
            ? service.command().get(option + 1)
            : "";
    return service.variable(given, "REDISCLI_AUTH", "REDIS_PASSWORD", "VALKEY_PASSWORD");
  }

  private String ask(Facts service, String... words)
      throws RuntimeRefusal, IOException, InterruptedException {
    return containers.text(service.id(), client(service, Duration.ofMinutes(1), words));
  }

  @Override
  public Backup.Origin save(Facts service, OutputStream content)
      throws RuntimeRefusal, IOException, InterruptedException {
    try (var inside = new InsideFolder(containers, service.id())) {
      containers.run(
          service.id(),
          client(service, LIMIT, "--rdb", inside.path(DUMP)),
          OutputStream.nullOutputStream());
      inside.send(DUMP, content);
    }
    return new Backup.Origin("redis", "", "", "");
  }

  @Override
  public void restore(Backup backup, Facts service)
      throws RuntimeRefusal, IOException, InterruptedException {
    if (!service.running()) {
      throw new RuntimeRefusal("the service has to run: it is asked where its data is");
    }
    if (setting(service, "appendonly").equals("yes")) {
      throw new RuntimeRefusal(
          "the service keeps an append-only file, and would not read a snapshot beside it");
    }
    var folder = setting(service, "dir");
    var file = setting(service, "dbfilename");
    if (!FILE_NAME.matcher(file).matches()) {
      throw new RuntimeRefusal("the service's dbfilename is not supported: " + file);
    }
    new Restoring(containers, service, () -> answers(service))
        .run(
            folder,
            List.of("-name", file),
            backup.note().contentBytes(),
            swap -> {},
            swap -> {
              try (var tar = BackupFiles.content(backup)) {
                swap.place(tar);
              }
              if (!file.equals(DUMP)) {
                swap.run("mv", folder + "/" + DUMP, folder + "/" + file);
              }
            });
  }

  /** A refusal comes as an answer, too. */
  private String setting(Facts service, String name)
      throws RuntimeRefusal, IOException, InterruptedException {
    var lines = ask(service, "CONFIG", "GET", name).lines().toList();
    if (lines.size() != 2 || !lines.getFirst().equals(name)) {
      throw new RuntimeRefusal("the service does not tell its " + name);
    }
    return lines.getLast();
  }

  private boolean answers(Facts service) throws RuntimeRefusal, IOException, InterruptedException {
    return ask(service, "PING").equals("PONG");
  }

  @Override
  public long verify(Backup backup, String id)
      throws RuntimeRefusal, IOException, InterruptedException {
    var server = containers.look(id);
    try (var tar = BackupFiles.content(backup)) {
      containers.place(id, server.folder(), tar);
    }
    Start.of(containers, id, TRY_LIMIT, () -> answers(server));
    return KEYS.matcher(ask(server, "INFO", "keyspace"))
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }
}
