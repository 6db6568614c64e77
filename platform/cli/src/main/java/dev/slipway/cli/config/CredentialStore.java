package dev.slipway.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the login in {@code credentials.json}, readable by its owner alone. It is replaced as a
 * whole, so that a reader sees the old or the new one, never a half.
 */
public final class CredentialStore {
  private static final JsonMapper JSON = new JsonMapper();
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int MAX_BYTES = 64 * 1024;

  /** Whoever holds the lock waits for at most one answer of the platform. */
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(75);

  private static final Duration LOCK_RETRY = Duration.ofMillis(50);

  private final Path folder;
  private final Path file;

  public CredentialStore(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("credentials.json");
  }

  public Path file() {
    return file;
  }

  public Optional<Credentials> read() {
    try (var in = Files.newInputStream(file)) {
      return Optional.of(parse(in.readNBytes(MAX_BYTES)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CliException(ExitCode.DENIED, file + " cannot be read; sign in again", e);
    }
  }

  public void write(Credentials credentials) {
    try {
      Files.createDirectories(folder, OWNER_FOLDER);
      var draft = Files.createTempFile(folder, "credentials", ".tmp", OWNER_FILE);
      try {
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          var bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(toJson(credentials)));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "cannot store the login in " + file, e);
    }
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "cannot remove " + file, e);
    }
  }

  /**
   * Keeps other processes from changing the login meanwhile. The lock ends with the process, so a
   * killed one blocks nobody.
   */
  public Lock lock() {
    try {
      Files.createDirectories(folder, OWNER_FOLDER);
      var channel = openLockFile();
      var held = await(channel);
      if (held == null) {
        channel.close();
        throw CliException.failed("another slipway command holds the login; try again");
      }
      return new Lock(channel);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "cannot lock the login in " + folder, e);
    }
  }

  private FileChannel openLockFile() throws IOException {
    return FileChannel.open(
        folder.resolve("credentials.lock"),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        OWNER_FILE);
  }

  /** Java has no wait with a limit for a file lock, hence the polling. */
  private static @Nullable FileLock await(FileChannel channel) throws IOException {
    var deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
    while (true) {
      var lock = tryLock(channel);
      if (lock != null
          || System.nanoTime() - deadline > 0
          || Thread.currentThread().isInterrupted()) {
        return lock;
      }
      LockSupport.parkNanos(LOCK_RETRY.toNanos());
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this process, which counts like another process.
      return null;
    }
  }

  private static Credentials parse(byte[] bytes) throws IOException {
    var json = JSON.readTree(bytes);
    var tenant = json.path("tenant");
    return new Credentials(
        required(json, "url"),
        required(json, "email"),
        required(json, "access_token"),
        required(json, "refresh_token"),
        tenant.isObject()
            ? new StoredTenant(required(tenant, "id"), required(tenant, "slug"))
            : null);
  }

  private static String required(JsonNode json, String field) throws IOException {
    var value = json.path(field);
    if (!value.isTextual()) {
      throw new IOException("no " + field);
    }
    return value.textValue();
  }

  private static ObjectNode toJson(Credentials credentials) {
    var json = JSON.createObjectNode();
    json.put("url", credentials.url());
    json.put("email", credentials.email());
    json.put("access_token", credentials.accessToken());
    json.put("refresh_token", credentials.refreshToken());
    var tenant = credentials.tenant();
    if (tenant != null) {
      json.putObject("tenant").put("id", tenant.id()).put("slug", tenant.slug());
    }
    return json;
  }

  /** Held until closed. */
  public static final class Lock implements AutoCloseable {
    private final FileChannel channel;

    private Lock(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new CliException(ExitCode.FAILED, "cannot release the lock of the login", e);
      }
    }
  }
}
