package dev.slipway.agent.command;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.service.Backup;
import dev.slipway.agent.service.Backups;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Backups of services. They stay on this host: the contract's {@code BACKUP_UPLOAD} and {@code
 * BACKUP_CLEANUP} do nothing, and a control plane that sends them after each backup must not lose
 * the only copy. Ours says in {@code storage_path} which one is to be deleted.
 */
public final class BackupCommands {
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}\"]{1,255}");
  private static final Pattern CONTENT_TYPE = Pattern.compile("[\\w.+-]{1,64}/[\\w.+-]{1,64}");
  private static final String ARTIFACT = "agent-artifact://";
  private static final int CHUNK = 1 << 16;

  private final Backups backups;

  public BackupCommands(Backups backups) {
    this.backups = backups;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_BACKUP_CREATE, this::create,
        CommandType.COMMAND_TYPE_BACKUP_UPLOAD, this::upload,
        CommandType.COMMAND_TYPE_BACKUP_RESTORE, this::restore,
        CommandType.COMMAND_TYPE_BACKUP_CLEANUP, this::cleanUp,
        CommandType.COMMAND_TYPE_BACKUP_DOWNLOAD, this::download,
        CommandType.COMMAND_TYPE_BACKUP_VERIFY, this::verify);
  }

  private Reply create(Payload payload, Progress progress)
      throws CommandFailure, IOException, InterruptedException {
    var container = payload.instanceName("container_name");
    var type = type(payload);
    var id = id(payload, "backup_id");
    if (!payload.text("s3_bucket", "").isEmpty()) {
      progress.line("this agent uploads nothing to S3; keeping local backup.");
    }
    return tried(() -> result("CREATE").lies(backups.create(container, type, id)).reply());
  }

  private Reply upload(Payload payload, Progress progress) throws CommandFailure {
    requireBackup(payload);
    return result("UPLOAD").reply();
  }

  private Reply cleanUp(Payload payload, Progress progress)
      throws CommandFailure, IOException, InterruptedException {
    if (!payload.has("storage_path")) {
      requireBackup(payload);
      return result("CLEANUP").reply();
    }
    var path = payload.required("storage_path");
    return tried(
        () -> {
          var result = result("CLEANUP");
          if (backups.remove(path)) {
            result.values.put("storage_path", path);
          }
          return result.reply();
        });
  }

  /** Wrong is wrong, also where nothing is done. */
  private void requireBackup(Payload payload) throws CommandFailure {
    payload.instanceName("container_name");
    type(payload);
    id(payload, "backup_id");
  }

  private Reply restore(Payload payload, Progress progress)
      throws CommandFailure, IOException, InterruptedException {
    var container = payload.instanceName("container_name");
    var type = type(payload);
    var path = payload.required("storage_path");
    return tried(
        () -> {
          var result = result("RESTORE").lies(backups.restore(container, type, path));
          result.values.put("restored_engine", backups.engine(type));
          return result.reply();
        });
  }

  private Reply verify(Payload payload, Progress progress)
      throws CommandFailure, IOException, InterruptedException {
    var type = type(payload);
    var path = payload.required("storage_path");
    var image = Names.image(payload, "image");
    var given = payload.text("backup_id", "");
    return tried(
        () -> {
          var backup = backups.find(path);
          var id = given.isEmpty() ? backup.id() : id(payload, "backup_id");
          var count = backups.verify(path, type, image, id, progress);
          var result = result("VERIFY").lies(backup);
          result.values.put("verified", true);
          result.values.put("verify_count", count);
          return result.reply();
        });
  }

  private Reply download(Payload payload, Progress progress)
      throws CommandFailure, IOException, InterruptedException {
    var path = payload.required("storage_path");
    if (path.startsWith(ARTIFACT)) {
      throw new CommandFailure("this agent runs no jobs, and has no artifacts of any");
    }
    var type = checked(payload, "content_type", "application/gzip", CONTENT_TYPE);
    return tried(
        () -> {
          var backup = backups.find(path);
          var name = checked(payload, "download_filename", backup.fileName(), FILE_NAME);
          var sent = send(backup, name, type, progress);
          var result = result("DOWNLOAD").lies(backup);
          result.values.put("downloaded_bytes", sent);
          return result.reply();
        });
  }

  /** A slow taker slows the reading down. */
  private static long send(Backup backup, String name, String type, Progress progress)
      throws IOException, InterruptedException {
    var about = new LinkedHashMap<String, Object>();
    about.put("filename", name);
    about.put("size_bytes", backup.note().sizeBytes());
    about.put("content_type", type);
    progress.line(Json.text(about));
    long sent = 0;
    var buffer = new byte[CHUNK];
    try (var file = Files.newInputStream(backup.file())) {
      for (int n = file.readNBytes(buffer, 0, CHUNK);
          n > 0;
          n = file.readNBytes(buffer, 0, CHUNK)) {
        progress.bytes(buffer, n);
        sent += n;
      }
    }
    return sent;
  }

  private String type(Payload payload) throws CommandFailure {
    var type = payload.required("service_type");
    if (!backups.types().contains(type)) {
      throw new CommandFailure(
          "invalid payload: service_type is not postgresql, mysql, mongodb or redis");
    }
    return type;
  }

  private static String id(Payload payload, String key) throws CommandFailure {
    var id = payload.required(key);
    if (!UUID.matcher(id).matches()) {
      throw new CommandFailure("invalid payload: " + key + " is not a UUID");
    }
    return id;
  }

  private static String checked(Payload payload, String key, String fallback, Pattern pattern)
      throws CommandFailure {
    var given = payload.text(key, "");
    if (!given.isEmpty() && !pattern.matcher(given).matches()) {
      throw new CommandFailure("invalid payload: " + key + " has bad characters");
    }
    return given.isEmpty() ? fallback : given;
  }

  private static Result result(String operation) {
    return new Result(operation);
  }

  /** The contract's BackupResult, and with it the checksum of the file. */
  private static final class Result {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Result(String operation) {
      values.put("operation", "BACKUP_OPERATION_" + operation);
      values.put("storage_path", "");
      values.put("size_bytes", 0);
      values.put("storage_tier", "");
      values.put("downloaded_bytes", 0);
      values.put("verified", false);
      values.put("verify_count", 0);
      values.put("restored_engine", "");
    }

    Result lies(Backup backup) {
      values.put("storage_path", backup.storagePath());
      values.put("size_bytes", backup.note().sizeBytes());
      values.put("storage_tier", "local");
      values.put("checksum_sha256", backup.note().sha256());
      return this;
    }

    Reply reply() {
      return Json.reply(values);
    }
  }

  private interface Work {
    Reply run() throws CommandFailure, RuntimeRefusal, IOException, InterruptedException;
  }

  private static Reply tried(Work work) throws CommandFailure, IOException, InterruptedException {
    try {
      return work.run();
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}
