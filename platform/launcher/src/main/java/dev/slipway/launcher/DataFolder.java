package dev.slipway.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Everything of an installation that must survive, held by one process at a time.
 *
 * <p>Does not log: the log's own place is known only after the folder was taken.
 *
 * <p>{@code version} says which version wrote it last, {@code initialised} that a first start
 * became ready, {@code keys} holds secrets, {@code cache} what may be deleted at any time.
 */
final class DataFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static DataFolder take(Path path, Version version) throws StartFailure {
    try {
      refuseForeignFolder(path);
      if (Files.notExists(path)) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
      letPass(path);
      var folder = new DataFolder(path, lock(path));
      try {
        folder.refuseNewer(version);
        folder.writeWhole("version", version + "\n", "rw-r--r--");
        folder.privateFolder("keys");
        return folder;
      } catch (StartFailure | IOException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw StartFailure.failed("the data folder " + path + " cannot be used: " + e, e);
    }
  }

  /** A mistyped --data must not sprinkle files over somebody's home. */
  private static void refuseForeignFolder(Path path) throws IOException, StartFailure {
    if (!Files.isDirectory(path) || Files.exists(path.resolve("version"))) {
      return;
    }
    try (var entries = Files.list(path)) {
      var allowed = Set.of("lock", "logs", "lost+found", "version.new");
      if (entries.anyMatch(entry -> !allowed.contains(entry.getFileName().toString()))) {
        throw StartFailure.failed(
            "the folder " + path + " is not empty and is no data folder of Slipway");
      }
    }
  }

  private static FileChannel lock(Path path) throws IOException, StartFailure {
    var channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() != null) {
      return channel;
    }
    channel.close();
    throw StartFailure.failed("the data folder " + path + " is in use by another instance");
  }

  private void refuseNewer(Version own) throws IOException, StartFailure {
    var file = path.resolve("version");
    if (!Files.exists(file)) {
      return;
    }
    var written = Version.parse(Files.readString(file).strip());
    if (written.isEmpty()) {
      throw StartFailure.failed(file + " holds no version; is this a data folder of Slipway?");
    }
    if (written.get().compareTo(own) > 0) {
      throw StartFailure.failed(
          "the data folder "
              + path
              + " was written by version "
              + written.get()
              + ", this is "
              + own
              + "; use that version or a newer one");
    }
  }

  Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /** A sub-folder of the cache, made where it is missing. */
  Path cache(String name) throws IOException {
    var folder = Files.createDirectories(path.resolve("cache").resolve(name));
    letPass(path.resolve("cache"));
    letPass(folder);
    return folder;
  }

  /** The database may run under a user of its own, which has to reach its files below. */
  private static void letPass(Path folder) throws IOException {
    var mode = Files.getPosixFilePermissions(folder);
    if (mode.add(PosixFilePermission.OTHERS_EXECUTE)) {
      Files.setPosixFilePermissions(folder, mode);
    }
  }

  boolean isFresh() {
    return !Files.exists(path.resolve("initialised"));
  }

  /** From now on the owner's first password is no longer kept. */
  void markInitialised() throws IOException {
    writeWhole("initialised", "", "rw-r--r--");
    Files.deleteIfExists(firstPasswordFile());
  }

  /**
   * The generated password of the owner, kept until it was shown: a first start that breaks off
   * after the account was made would lose it otherwise.
   */
  Optional<String> firstPassword() throws IOException {
    try {
      return Optional.of(Files.readString(firstPasswordFile()).strip());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  void keepFirstPassword(String password) throws IOException {
    writeWhole("keys/owner.password", password + "\n", "rw-------");
  }

  private Path firstPasswordFile() {
    return path.resolve("keys/owner.password");
  }

  /** The key that all other keys are wrapped with: 32 random bytes in Base64, made once. */
  Path masterKey() throws IOException {
    var file = path.resolve("keys/master.key");
    if (!Files.exists(file)) {
      var key = new byte[32];
      new SecureRandom().nextBytes(key);
      writeWhole("keys/master.key", Base64.getEncoder().encodeToString(key) + "\n", "rw-------");
    }
    return file;
  }

  private void privateFolder(String name) throws IOException {
    var folder = Files.createDirectories(path.resolve(name));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  /**
   * A crash leaves the old content or the new, never a part: a half master key loses all secrets.
   */
  private void writeWhole(String name, String text, String mode) throws IOException {
    var target = path.resolve(name);
    var beside = target.resolveSibling(target.getFileName() + ".new");
    Files.deleteIfExists(beside);
    Files.createFile(
        beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
