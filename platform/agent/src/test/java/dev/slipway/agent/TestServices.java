package dev.slipway.agent;

import dev.slipway.agent.host.HostImage;
import dev.slipway.agent.host.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Images of real databases, made like the public ones, of the programs that this host has. */
final class TestServices {
  private static final Path POSTGRES = Path.of("/usr/lib/postgresql");
  private static final Path MARIADB = Path.of("/usr/sbin/mariadbd");
  private static final Path REDIS = Path.of("/usr/bin/redis-check-rdb");

  /** Like that of the public image: makes the data where there is none, and becomes the server. */
  private static final String POSTGRES_START =
      """
      #!/bin/sh
      set -e
      mkdir -p "$PGDATA" /var/run/postgresql
      chown -R postgres "$PGDATA" /var/run/postgresql
      chmod 700 "$PGDATA"
      if [ ! -s "$PGDATA/PG_VERSION" ]; then
        su postgres -c "initdb --no-sync --locale=C --encoding=UTF8 -A trust -U $POSTGRES_USER"
        su postgres -c "echo \\"create database $POSTGRES_DB\\" |
          postgres --single -D $PGDATA -c listen_addresses= postgres"
        echo "host all all all trust" >>"$PGDATA/pg_hba.conf"
      fi
      exec su postgres -c "exec postgres -c listen_addresses=0.0.0.0 -c fsync=off"
      """;

  private static final String MARIADB_START =
      """
      #!/bin/sh
      set -e
      data=/var/lib/mysql
      mkdir -p $data /run/mysqld
      if [ ! -d $data/mysql ]; then
        mariadb-install-db --user=mysql --datadir=$data --skip-test-db \\
          --auth-root-authentication-method=normal >/dev/null
        echo "alter user root@localhost identified by '$MARIADB_ROOT_PASSWORD';" >/tmp/first.sql
      fi
      chown -R mysql $data /run/mysqld
      touch /tmp/first.sql
      exec mariadbd --user=mysql --datadir=$data --socket=/run/mysqld/mysqld.sock \\
        --init-file=/tmp/first.sql --innodb-flush-log-at-trx-commit=0
      """;

  private TestServices() {}

  /** The newest PostgreSQL with all its tools; the test is skipped, with a reason, without one. */
  static HostImage postgres(String test, String engine, Path folder) throws Exception {
    var home = newest();
    TestEngine.skipUnless(test, home != null, "no " + POSTGRES + "/*/bin/pg_basebackup");
    var image = new HostImage(engine, "slipway-it-postgres:" + folder.getFileName(), folder);
    var programs = home.resolve("bin");
    for (var name : List.of("postgres", "initdb", "psql", "pg_basebackup")) {
      image.program(programs.resolve(name));
    }
    try (var libraries = Files.newDirectoryStream(home.resolve("lib"), "*.so")) {
      for (var library : libraries) {
        if (!library.getFileName().toString().startsWith("llvmjit")) {
          image.copy(library);
        }
      }
    }
    image.copy(Path.of("/usr/share/postgresql").resolve(home.getFileName()));
    image.copy(Path.of("/usr/share/zoneinfo/UTC"));
    image.write(
        "/etc/passwd", "root:x:0:0::/:/bin/sh\npostgres:x:70:70::/var/lib/postgresql:/bin/sh\n");
    image.write("/etc/group", "root:x:0:\npostgres:x:70:\n");
    image.write("/usr/local/bin/start", POSTGRES_START);
    image.make(
        "ENV PATH=" + programs + ":/usr/local/bin:/bin",
        "ENV PGDATA=/var/lib/postgresql/data",
        "ENV TZ=UTC",
        "VOLUME /var/lib/postgresql/data",
        "CMD [\"start\"]");
    return image;
  }

  private static @Nullable Path newest() throws IOException {
    if (!Files.isDirectory(POSTGRES)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(POSTGRES)) {
      return versions
          .filter(home -> Files.isExecutable(home.resolve("bin/pg_basebackup")))
          .filter(home -> Files.isExecutable(home.resolve("bin/postgres")))
          .max(Path::compareTo)
          .orElse(null);
    }
  }

  static boolean hasMariadb() {
    return Files.isExecutable(MARIADB) && Files.isExecutable(Path.of("/usr/bin/mariadb-dump"));
  }

  static HostImage mariadb(String engine, Path folder) throws Exception {
    var image = new HostImage(engine, "slipway-it-mariadb:" + folder.getFileName(), folder);
    image.program(MARIADB);
    for (var name : List.of("mariadb", "mariadb-dump", "my_print_defaults", "resolveip")) {
      image.program(Path.of("/usr/bin", name));
    }
    image.copy(Path.of("/usr/bin/mariadb-install-db"));
    image.copy(Path.of("/usr/share/mysql"));
    image.write("/etc/passwd", "root:x:0:0::/:/bin/sh\nmysql:x:71:71::/:/bin/sh\n");
    image.write("/etc/group", "root:x:0:\nmysql:x:71:\n");
    image.write("/usr/local/bin/start", MARIADB_START);
    image.make(
        "ENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/bin",
        "VOLUME /var/lib/mysql",
        "CMD [\"start\"]");
    return image;
  }

  static boolean hasRedis() {
    return Files.isExecutable(REDIS) && Files.isExecutable(Path.of("/usr/bin/redis-cli"));
  }

  /** The server and the program that checks its files are one; its name decides. */
  static HostImage redis(String engine, Path folder) throws Exception {
    var image = new HostImage(engine, "slipway-it-redis:" + folder.getFileName(), folder);
    image.program(REDIS);
    image.program(Path.of("/usr/bin/redis-cli"));
    image.copy(REDIS, Path.of("/usr/bin/redis-server"));
    image.make("ENV PATH=/usr/bin:/bin", "VOLUME /data", "WORKDIR /data", "CMD [\"redis-server\"]");
    return image;
  }
}
