package dev.slipway.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.agent.host.HostImage;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backups of real databases in containers, and their certificates; skipped where no engine answers
 * or the databases are not installed. All tests share one of each.
 */
class ServiceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String RUN = Long.toString(System.nanoTime(), 36);
  private static final String POSTGRES = "deploy-svc-pg-" + RUN;
  private static final String MARIADB = "deploy-svc-mariadb-" + RUN;
  private static final String REDIS = "deploy-svc-redis-" + RUN;

  @TempDir static Path folder;
  private static String engine = "";
  private static FakeControlPlane plane;
  private static AgentProgram agent;
  private static HostImage postgres;
  private static HostImage mariadb;
  private static HostImage redis;

  @BeforeAll
  static void start() throws Exception {
    var access = TestEngine.settings("ServiceIT");
    engine = access.get("DOCKER_HOST");
    postgres = TestServices.postgres("ServiceIT", engine, folder.resolve("pg-" + RUN));
    run(
        postgres.name(),
        POSTGRES,
        "--stop-signal=SIGINT",
        "--env=POSTGRES_USER=owner",
        "--env=POSTGRES_DB=shop",
        "--volume=" + POSTGRES + ":/var/lib/postgresql/data");
    if (TestServices.hasRedis()) {
      redis = TestServices.redis(engine, folder.resolve("redis-" + RUN));
      run(redis.name(), REDIS, "--env=REDIS_PASSWORD=let-me-in", "--volume=" + REDIS + ":/data");
    }
    if (TestServices.hasMariadb()) {
      mariadb = TestServices.mariadb(engine, folder.resolve("mariadb-" + RUN));
      run(
          mariadb.name(),
          MARIADB,
          "--env=MARIADB_ROOT_PASSWORD=let-me-in",
          "--volume=" + MARIADB + ":/var/lib/mysql");
    }
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), access);
    Await.until("PostgreSQL answers", () -> tried(() -> sql("select 1")).equals("1"));
  }

  private static void run(String image, String name, String... options) throws Exception {
    var words = new ArrayList<>(List.of("run", "--detach", "--name", name));
    words.addAll(List.of(options));
    words.add(image);
    if (name.equals(REDIS)) {
      words.addAll(List.of("redis-server", "--requirepass", "let-me-in", "--save", "3600 1"));
    }
    docker(words.toArray(String[]::new));
  }

  @AfterAll
  static void stop() throws Exception {
    if (agent != null) {
      agent.close();
      plane.close();
    }
    for (var name : List.of(POSTGRES, MARIADB, REDIS)) {
      tried(() -> docker("rm", "--force", "--volumes", name));
      tried(() -> docker("volume", "rm", "--force", name));
    }
    for (var image : new HostImage[] {postgres, mariadb, redis}) {
      if (image != null) {
        image.close();
      }
    }
  }

  private interface Attempt {
    String run() throws Exception;
  }

  private static String tried(Attempt attempt) throws InterruptedException {
    try {
      return attempt.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return "";
    }
  }

  private static String docker(String... words) throws Exception {
    return HostImage.docker(engine, words).strip();
  }

  private static String sql(String statement) throws Exception {
    return docker("exec", POSTGRES, "psql", "-XAtq", "-U", "owner", "-d", "shop", "-c", statement);
  }

  private static String redis(String... words) throws Exception {
    var all =
        new ArrayList<>(
            List.of("exec", "--env=REDISCLI_AUTH=let-me-in", REDIS, "redis-cli", "--raw"));
    all.addAll(List.of(words));
    return docker(all.toArray(String[]::new));
  }

  private static SentCommand send(String type, Map<String, ?> payload) throws Exception {
    return plane.send(
        CommandType.valueOf("COMMAND_TYPE_" + type), JSON.writeValueAsString(payload));
  }

  private static JsonNode done(String type, Map<String, ?> payload) throws Exception {
    var result = send(type, payload).await(LONG);
    assertThat(result.status()).as(result.output()).isEqualTo("completed");
    return JSON.readTree(result.output());
  }

  private static String refused(String type, Map<String, ?> payload) throws Exception {
    var result = send(type, payload).await(LONG);
    assertThat(result.status()).as(result.output()).isEqualTo("failed");
    return result.output();
  }

  private static Map<String, Object> of(String container, String type, Map<String, ?> more) {
    var payload = new HashMap<String, Object>(more);
    payload.put("container_name", container);
    payload.put("service_type", type);
    return payload;
  }

  private static JsonNode create(String container, String type) throws Exception {
    var id = UUID.randomUUID().toString();
    return done("BACKUP_CREATE", of(container, type, Map.of("backup_id", id)));
  }

  private static Path file(JsonNode backup) {
    return Path.of(backup.get("storage_path").asText().substring("agent-local://".length()));
  }

  private static Map<String, Object> at(JsonNode backup) {
    return Map.of("storage_path", backup.get("storage_path").asText());
  }

  private static JsonNode verify(JsonNode backup, String type, HostImage image) throws Exception {
    var payload = of("", type, at(backup));
    payload.put("image", image.name());
    return done("BACKUP_VERIFY", payload);
  }

  private static String helpers() throws Exception {
    return docker("ps", "--all", "--quiet", "--filter", "label=slipway.helper=" + volumes());
  }

  private static Path volumes() {
    return folder.resolve("data/volumes");
  }

  private static String digest(Path file) throws Exception {
    var bytes = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void aDatabaseIsSavedTriedHandedOverAndBroughtBack() throws Exception {
    sql("create table customers (name text)");
    sql("insert into customers select 'customer ' || n from generate_series(1, 20000) n");
    var backup = create(POSTGRES, "postgresql");
    var file = file(backup);
    assertThat(file).startsWith(folder.resolve("data/backups").resolve(POSTGRES));
    assertThat(file.toString()).endsWith(".tar.gz");
    assertThat(backup.get("operation").asText()).isEqualTo("BACKUP_OPERATION_CREATE");
    assertThat(backup.get("storage_tier").asText()).isEqualTo("local");
    assertThat(backup.get("size_bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(backup.get("checksum_sha256").asText()).isEqualTo(digest(file));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    sql("create table orders (n int)");
    var verified = verify(backup, "postgresql", postgres);
    assertThat(verified.get("verified").asBoolean()).isTrue();
    assertThat(verified.get("verify_count").asLong()).isEqualTo(1);
    assertThat(helpers()).isEmpty();
    handedOver(backup, file);

    sql("delete from customers where name like '%7%'");
    var restored = done("BACKUP_RESTORE", of(POSTGRES, "postgresql", at(backup)));
    assertThat(restored.get("restored_engine").asText()).isEqualTo("BACKUP_ENGINE_POSTGRES");
    assertThat(sql("select count(*) from customers")).isEqualTo("20000");
    assertThat(sql("select to_regclass('orders') is null")).isEqualTo("t");
    assertThat(helpers()).isEmpty();
    assertThat(docker("exec", POSTGRES, "ls", "-a", "/var/lib/postgresql/data"))
        .doesNotContain(".slipway");
    removedOnlyWhenSaid(backup, file);
    sql("drop table customers");
  }

  private static void handedOver(JsonNode backup, Path file) throws Exception {
    var payload = new HashMap<>(at(backup));
    payload.put("download_filename", "shop.tar.gz");
    var download = send("BACKUP_DOWNLOAD", payload);
    var result = JSON.readTree(download.await(LONG).output());
    assertThat(result.get("downloaded_bytes").asLong()).isEqualTo(Files.size(file));
    var about = new LinkedHashMap<String, Object>();
    about.put("filename", "shop.tar.gz");
    about.put("size_bytes", Files.size(file));
    about.put("content_type", "application/gzip");
    var line = (JSON.writeValueAsString(about) + "\n").getBytes(UTF_8);
    var received = download.received();
    assertThat(received.substring(0, line.length).toByteArray()).isEqualTo(line);
    assertThat(received.substring(line.length).toByteArray()).isEqualTo(Files.readAllBytes(file));
  }

  private static void removedOnlyWhenSaid(JsonNode backup, Path file) throws Exception {
    var same = of(POSTGRES, "postgresql", Map.of("backup_id", UUID.randomUUID().toString()));
    for (var type : List.of("UPLOAD", "CLEANUP")) {
      var nothing = done("BACKUP_" + type, same);
      assertThat(nothing.get("operation").asText()).isEqualTo("BACKUP_OPERATION_" + type);
      assertThat(nothing.get("storage_path").asText()).isEmpty();
    }
    assertThat(file).exists();
    assertThat(done("BACKUP_CLEANUP", at(backup)).get("storage_path").asText()).isNotEmpty();
    assertThat(file).doesNotExist();
    assertThat(done("BACKUP_CLEANUP", at(backup)).get("storage_path").asText()).isEmpty();
    assertThat(refused("BACKUP_DOWNLOAD", at(backup))).startsWith("there is no such backup");
  }

  @Test
  void whatIsDamagedChangesNothing() throws Exception {
    sql("create table kept (n int)");
    var backup = create(POSTGRES, "postgresql");
    var bytes = Files.readAllBytes(file(backup));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(backup), bytes);
    var started = startOf(POSTGRES);
    var payload = of(POSTGRES, "postgresql", at(backup));
    payload.put("image", postgres.name());
    assertThat(refused("BACKUP_RESTORE", payload)).startsWith("the backup is damaged");
    assertThat(refused("BACKUP_VERIFY", payload)).startsWith("the backup is damaged");
    assertThat(startOf(POSTGRES)).as("it was not even stopped").isEqualTo(started);
    sql("drop table kept");
  }

  private static String startOf(String container) throws Exception {
    return docker("inspect", "--format", "{{.State.StartedAt}}", container);
  }

  @Test
  void whatDoesNotStartIsUndone() throws Exception {
    sql("create table before (n int)");
    sql("insert into before values (42)");
    var backup = create(POSTGRES, "postgresql");
    hollow(file(backup));
    var payload = of(POSTGRES, "postgresql", at(backup));
    payload.put("image", postgres.name());
    assertThat(refused("BACKUP_VERIFY", payload)).startsWith("the service ended at its start");
    assertThat(refused("BACKUP_RESTORE", payload)).startsWith("the service ended at its start");
    Await.until(
        "the data before is back", () -> tried(() -> sql("select n from before")).equals("42"));
    assertThat(helpers()).isEmpty();
    assertThat(docker("exec", POSTGRES, "ls", "-a", "/var/lib/postgresql/data"))
        .doesNotContain(".slipway");
    sql("drop table before");
  }

  /** Whenever the end comes: there is all of the one or all of the other. */
  @Test
  void aRestoreThatIsCancelledLeavesNoHalves() throws Exception {
    sql("create table state (n int)");
    sql("insert into state values (1)");
    var backup = create(POSTGRES, "postgresql");
    sql("update state set n = 2");
    var restore = send("BACKUP_RESTORE", of(POSTGRES, "postgresql", at(backup)));
    Await.until(
        "the service is stopped",
        () ->
            restore.isDone()
                || tried(() -> docker("inspect", "--format", "{{.State.Running}}", POSTGRES))
                    .equals("false"));
    ends("CANCEL_COMMAND", Map.of("cancel_command_id", restore.id()));
    assertThat(restore.await(LONG).status()).isIn("cancelled", "completed");
    Await.until(
        "the service answers", () -> tried(() -> sql("select n in (1, 2) from state")).equals("t"));
    assertThat(helpers()).isEmpty();
    assertThat(docker("exec", POSTGRES, "ls", "-a", "/var/lib/postgresql/data"))
        .doesNotContain(".slipway");
    sql("drop table state");
  }

  /** Makes it a backup, with a checksum that is right, in which nearly all is missing. */
  private static void hollow(Path file) throws Exception {
    try (OutputStream out = Files.newOutputStream(file);
        var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      var entry = new TarArchiveEntry("PG_VERSION");
      entry.setSize(3);
      tar.putArchiveEntry(entry);
      tar.write("15\n".getBytes(UTF_8));
      tar.closeArchiveEntry();
    }
    var note = file.resolveSibling(file.getFileName() + ".json");
    var values = (ObjectNode) JSON.readTree(note.toFile());
    values.put("sha256", digest(file));
    Files.writeString(note, values.toString());
  }

  @Test
  void nothingLeadsOutOfTheFolder() throws Exception {
    var root = folder.resolve("data/backups");
    var id = UUID.randomUUID().toString();
    Files.createDirectories(root.resolve("x"));
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(folder.resolve("elsewhere").resolve(id + ".tar.gz"), "secret");
    Files.createSymbolicLink(root.resolve("linked"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve("x").resolve(id + ".tar.gz"), Path.of("/etc/passwd"));
    for (var path :
        List.of(
            "/etc/passwd",
            "file:///etc/passwd",
            "agent-local:///etc/passwd",
            "agent-local://" + root + "/../identity.json",
            "agent-local://" + root + "/../backups/x/" + id + ".tar.gz",
            "agent-local://" + root + "/x/../x/" + id + ".tar.gz",
            "agent-local://" + root + "/linked/" + id + ".tar.gz",
            "agent-local://" + root + "/x/" + id + ".tar.gz",
            "agent-local://" + root + "/x/" + id + ".tar.gz.json",
            "agent-local://" + root,
            "agent-local://x/" + id + ".tar.gz",
            "agent-local://" + root + "/x/\0",
            "agent-artifact://x")) {
      var payload = of(POSTGRES, "postgresql", Map.of("storage_path", path));
      payload.put("image", postgres.name());
      for (var type : List.of("RESTORE", "VERIFY", "DOWNLOAD", "CLEANUP")) {
        assertThat(refused("BACKUP_" + type, payload))
            .as(type + " " + path)
            .matches("storage_path is not .*|this agent runs no jobs.*")
            .doesNotContain("secret");
      }
    }
    assertThat(folder.resolve("elsewhere").resolve(id + ".tar.gz")).exists();
  }

  @Test
  void ordersThatAreWrongMakeNothing() throws Exception {
    var id = UUID.randomUUID().toString();
    for (var bad : List.of("", "../../x", "a b", id + "/x", id.substring(1))) {
      assertThat(refused("BACKUP_CREATE", of(POSTGRES, "postgresql", Map.of("backup_id", bad))))
          .startsWith("invalid payload: backup_id");
    }
    var whole = Map.of("backup_id", id);
    assertThat(refused("BACKUP_CREATE", of(POSTGRES, "oracle", whole)))
        .startsWith("invalid payload: service_type");
    assertThat(refused("BACKUP_CREATE", of("../" + POSTGRES, "postgresql", whole)))
        .startsWith("invalid payload: container_name");
    assertThat(refused("BACKUP_CREATE", of("deploy-svc-none", "postgresql", whole)))
        .startsWith("no such container");
    assertThat(refused("BACKUP_CREATE", of(POSTGRES, "mysql", whole))).contains("mysqldump");
    assertThat(folder.resolve("data/backups/" + POSTGRES).resolve(id + ".sql.gz")).doesNotExist();
    done("BACKUP_CREATE", of(POSTGRES, "postgresql", whole));
    assertThat(refused("BACKUP_CREATE", of(POSTGRES, "postgresql", whole)))
        .isEqualTo("there is a backup " + id + " already");
    unfinished();
  }

  /** Whenever the end comes: there is all of it or nothing. */
  @Test
  void whatIsCancelledLeavesNothing() throws Exception {
    for (int attempt = 0; attempt < 3; attempt++) {
      var id = UUID.randomUUID().toString();
      var create = send("BACKUP_CREATE", of(POSTGRES, "postgresql", Map.of("backup_id", id)));
      var draft = folder.resolve("data/backups/" + POSTGRES + "/" + id + ".draft");
      Await.until("it has begun", () -> Files.exists(draft) || create.isDone());
      ends("CANCEL_COMMAND", Map.of("cancel_command_id", create.id()));
      var status = create.await(LONG).status();
      assertThat(status).isIn("cancelled", "completed");
      assertThat(Files.exists(folder.resolve("data/backups/" + POSTGRES + "/" + id + ".tar.gz")))
          .isEqualTo(status.equals("completed"));
      unfinished();
    }
  }

  private static void ends(String type, Map<String, ?> payload) throws Exception {
    assertThat(send(type, payload).await(LONG).status()).isEqualTo("completed");
  }

  private static void unfinished() throws IOException {
    try (var files = Files.walk(folder.resolve("data/backups"))) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".draft"));
    }
  }

  @Test
  void takesAllThatAnEngineCanDo() throws Exception {
    var taken = new ArrayList<Integer>();
    done("AGENT_STATUS", Map.of()).get("commands").forEach(number -> taken.add(number.asInt()));
    assertThat(taken)
        .contains(10, 20, 21, 22, 23, 24, 30, 31, 32, 33, 90, 91, 151, 160, 161, 162, 163)
        .doesNotContain(1, 2, 3, 92, 130);
  }

  @Test
  void redisIsSavedTriedAndBroughtBack() throws Exception {
    TestEngine.skipUnless("redisIs…", redis != null, "no redis-cli (package redis-tools)");
    Await.until("Redis answers", () -> tried(() -> redis("PING")).equals("PONG"));
    for (var key : List.of("a", "b", "c")) {
      redis("SET", key, "kept");
    }
    var backup = create(REDIS, "redis");
    var verified = verify(backup, "redis", redis);
    assertThat(verified.get("verify_count").asLong()).isEqualTo(3);
    redis("SET", "a", "changed");
    redis("SET", "d", "new");
    var restored = done("BACKUP_RESTORE", of(REDIS, "redis", at(backup)));
    assertThat(restored.get("restored_engine").asText()).isEqualTo("BACKUP_ENGINE_REDIS");
    assertThat(redis("GET", "a")).isEqualTo("kept");
    assertThat(redis("DBSIZE")).isEqualTo("3");
    assertThat(docker("exec", REDIS, "ls", "-a", "/data", "/tmp")).doesNotContain("slipway");
    assertThat(helpers()).isEmpty();
    redis("CONFIG", "SET", "appendonly", "yes");
    assertThat(refused("BACKUP_RESTORE", of(REDIS, "redis", at(backup))))
        .startsWith("the service keeps an append-only file");
    assertThat(refused("BACKUP_RESTORE", of(REDIS, "postgresql", at(backup))))
        .isEqualTo("the backup is one of redis, not of postgresql");
  }

  @Test
  void mariadbIsSavedTriedAndBroughtBack() throws Exception {
    TestEngine.skipUnless(
        "mariadbIs…", mariadb != null, "no mariadbd (package mariadb-server-core)");
    Await.until("MariaDB answers", () -> tried(() -> mariadb("select 1")).equals("1"));
    mariadb("create database shop; create table shop.customers (name text)");
    mariadb("insert into shop.customers values ('one'), ('two''s'), (unhex('00ff'))");
    var backup = create(MARIADB, "mysql");
    assertThat(file(backup).toString()).endsWith(".sql.gz");
    var verified = verify(backup, "mysql", mariadb);
    assertThat(verified.get("verify_count").asLong()).isEqualTo(1);
    assertThat(helpers()).isEmpty();
    mariadb("delete from shop.customers where name = 'one'");
    var restored = done("BACKUP_RESTORE", of(MARIADB, "mysql", at(backup)));
    assertThat(restored.get("restored_engine").asText()).isEqualTo("BACKUP_ENGINE_MYSQL");
    assertThat(mariadb("select count(*) from shop.customers")).isEqualTo("3");
    assertThat(docker("exec", MARIADB, "ls", "-a", "/tmp")).doesNotContain("slipway");
  }

  private static String mariadb(String statement) throws Exception {
    return docker(
        "exec",
        "--env=MYSQL_PWD=let-me-in",
        MARIADB,
        "mariadb",
        "--user=root",
        "--batch",
        "--skip-column-names",
        "--execute=" + statement);
  }

  @Test
  void aServerShowsItsNewCertificateAtOnce() throws Exception {
    var order = of(POSTGRES, "postgresql", Map.of());
    assertThat(send("CERT_ROTATE", order).await(LONG).output()).isEqualTo("cert rotated");
    var first = shown();
    assertThat(send("CERT_ROTATE", order).await(LONG).output()).isEqualTo("cert rotated");
    var second = shown();
    assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    second.verify(second.getPublicKey());
    var days =
        Duration.between(second.getNotBefore().toInstant(), second.getNotAfter().toInstant())
            .toDays();
    assertThat(days).isEqualTo(365);
    assertThat(
            docker(
                "exec",
                POSTGRES,
                "stat",
                "-c",
                "%a %U",
                "/var/lib/postgresql/data/slipway-tls.pem"))
        .isEqualTo("600 postgres");
    assertThat(refused("CERT_ROTATE", of(REDIS, "redis", Map.of())))
        .isEqualTo("invalid payload: service_type is not postgresql");
    assertThat(refused("CERT_ROTATE", of("deploy-svc-none", "postgresql", Map.of())))
        .startsWith("no such container");
  }

  /** Asks the server for TLS, as any client of PostgreSQL does. */
  private static X509Certificate shown() throws Exception {
    var address =
        docker(
            "inspect",
            "--format",
            "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
            POSTGRES);
    try (var socket = new Socket(address, 5432)) {
      socket.setSoTimeout((int) LONG.toMillis());
      socket.getOutputStream().write(HexFormat.of().parseHex("0000000804d2162f"));
      assertThat(new DataInputStream(socket.getInputStream()).readByte()).isEqualTo((byte) 'S');
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAll()}, null);
      try (var tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, address, 5432, true)) {
        tls.startHandshake();
        return (X509Certificate) tls.getSession().getPeerCertificates()[0];
      }
    }
  }

  /** The test looks at the certificate itself. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
