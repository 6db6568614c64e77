package dev.slipway.agent.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The folder of backups: {@code CONTAINER/ID.tar.gz} or {@code .sql.gz}, and beside each a note of
 * what it is. Only such names are ever made of what somebody asks for, and no link is followed.
 */
public final class BackupFiles {
  static final FileAttribute<Set<PosixFilePermission>> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** What the rest of the host is left on the disk. */
  private static final long RESERVE = 64 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRAFT = ".draft";
  private static final Pattern CONTAINER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  private static final Pattern NAME =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\.(tar|sql)\\.gz");
  private static final int BUFFER = 1 << 16;

  private final Path root;

  public BackupFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Deletes what an agent that was killed has left unfinished. */
  public void sweep() throws IOException {
    if (!isFolder(root)) {
      return;
    }
    try (var folders = Files.newDirectoryStream(root, BackupFiles::isFolder)) {
      for (var folder : folders) {
        try (var drafts = Files.newDirectoryStream(folder, "*" + DRAFT)) {
          for (var draft : drafts) {
            Files.deleteIfExists(draft);
          }
        }
      }
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Begins a backup.
   *
   * @param suffix {@code .tar.gz} or {@code .sql.gz}
   */
  Draft begin(String container, String id, String suffix) throws RuntimeRefusal, IOException {
    var file = root.resolve(container).resolve(id + suffix);
    requireName(file);
    AtomicFile.folder(file.getParent());
    requireNoLinks(file);
    requireRoom(0);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new RuntimeRefusal("there is a backup " + id + " already");
    }
    try {
      return new Draft(file.resolveSibling(id + DRAFT), file);
    } catch (FileAlreadyExistsException e) {
      throw new RuntimeRefusal("the backup " + id + " is being made");
    }
  }

  /**
   * A backup by its place; whether it is still what it was is not looked at.
   *
   * @param storagePath {@code agent-local://} and its file
   */
  Backup find(String storagePath) throws RuntimeRefusal, IOException {
    var file = file(storagePath);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Files.exists(noteOf(file))) {
      throw new RuntimeRefusal("there is no such backup: " + storagePath);
    }
    return new Backup(file, JSON.readValue(Files.readAllBytes(noteOf(file)), Backup.Note.class));
  }

  /** A backup that is still what it was, byte by byte. */
  Backup findWhole(String storagePath) throws RuntimeRefusal, IOException {
    var backup = find(storagePath);
    var digest = sha256();
    try (var in = Files.newInputStream(backup.file())) {
      var buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(backup.note().sha256())) {
      throw new RuntimeRefusal("the backup is damaged: its checksum is another one");
    }
    return backup;
  }

  /** False when there was none. */
  boolean remove(String storagePath) throws RuntimeRefusal, IOException {
    var file = file(storagePath);
    boolean removed = Files.deleteIfExists(file);
    Files.deleteIfExists(noteOf(file));
    return removed;
  }

  /** What was saved, as it was. */
  static InputStream content(Backup backup) throws IOException {
    var file = Files.newInputStream(backup.file());
    try {
      return new GZIPInputStream(file, BUFFER);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Fails where fewer bytes are free than that and what the host is left. */
  void requireRoom(long bytes) throws IOException {
    requireRoom(AtomicFile.folder(root), bytes);
  }

  static void requireRoom(Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes + RESERVE) {
      throw new DiskFull(free);
    }
  }

  private Path file(String storagePath) throws RuntimeRefusal, IOException {
    if (!storagePath.startsWith(Backup.SCHEME) || storagePath.indexOf('\0') >= 0) {
      throw new RuntimeRefusal("storage_path is not " + Backup.SCHEME + "FILE");
    }
    var file = Path.of(storagePath.substring(Backup.SCHEME.length()));
    requireName(file);
    requireNoLinks(file);
    return file;
  }

  private void requireName(Path file) throws RuntimeRefusal {
    boolean below =
        file.isAbsolute()
            && file.startsWith(root)
            && file.getNameCount() == root.getNameCount() + 2
            && CONTAINER.matcher(file.getName(root.getNameCount()).toString()).matches()
            && NAME.matcher(String.valueOf(file.getFileName())).matches();
    if (!below) {
      throw new RuntimeRefusal("storage_path is not one of a backup of this agent");
    }
  }

  private void requireNoLinks(Path file) throws RuntimeRefusal {
    if (Files.isSymbolicLink(file) || Files.isSymbolicLink(file.getParent())) {
      throw new RuntimeRefusal("storage_path is not one of a backup of this agent");
    }
  }

  static void write(Path file, Backup.Note note) throws IOException {
    AtomicFile.write(noteOf(file), JSON.writeValueAsBytes(note));
  }

  private static Path noteOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".json");
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
