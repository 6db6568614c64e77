package dev.slipway.launcher.postgres;

import dev.slipway.launcher.files.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once per version. */
record Binaries(Path home, String version) {

  private static final Duration ABANDONED = Duration.ofHours(1);

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  String major() {
    return version.substring(0, version.indexOf('.'));
  }

  /**
   * Unpacks the archive of this machine's architecture. Several processes may do so at once: each
   * unpacks into a folder of its own, the first rename wins.
   */
  static Binaries unpack(Path cache) throws IOException {
    var arch = architecture();
    var url = Binaries.class.getResource("/postgres-linux-" + arch + ".txz");
    var version = builtVersion();
    if (url == null) {
      throw new IOException(
          "no PostgreSQL binaries for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " on the class path; give a database by SLIPWAY_DATABASE_URL");
    }
    Files.createDirectories(cache);
    refuseForeignOwner(cache);
    var binaries = new Binaries(cache.resolve(version + "-" + arch), version);
    if (!binaries.isComplete()) {
      sweepAbandoned(cache);
      binaries.install(url, cache);
    }
    return binaries;
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      case String other -> other;
    };
  }

  /** The archive does not tell its version, so the build writes it down. */
  private static String builtVersion() throws IOException {
    try (var in = Binaries.class.getResourceAsStream("/dev/slipway/launcher/build.properties")) {
      if (in == null) {
        throw new IOException("build.properties is missing from the launcher's jar");
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("postgres");
    }
  }

  private boolean isComplete() {
    return Files.isExecutable(program("postgres"));
  }

  private void install(URL archive, Path cache) throws IOException {
    var temporary = Files.createTempDirectory(cache, "unpack-");
    try {
      try (var in = archive.openStream()) {
        extract(in, temporary);
      }
      // createTempDirectory gives 0700, but the server may run under another user id.
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(temporary, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!isComplete()) {
        throw e;
      }
    } finally {
      FileTree.delete(temporary);
    }
  }

  private static void extract(InputStream in, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("archive entry leaves its folder: " + entry.getName());
        }
        write(tar, entry, path);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      var link = Path.of(entry.getLinkName());
      if (link.isAbsolute() || link.getNameCount() != 1) {
        throw new IOException("unexpected link in the archive: " + entry.getName());
      }
      Files.createSymbolicLink(path, link);
      return;
    }
    Files.copy(tar, path);
    var executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** The test cache has a name that anyone can guess; programs of another user must not be run. */
  private static void refuseForeignOwner(Path cache) throws IOException {
    var owner = (Integer) Files.getAttribute(cache, "unix:uid");
    var own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(cache);
    if ((!owner.equals(own) && owner != 0)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)
        || Files.isSymbolicLink(cache)) {
      throw new IOException("folder " + cache + " is not safe: other users can write to it");
    }
  }

  private static void sweepAbandoned(Path cache) throws IOException {
    var limit = Instant.now().minus(ABANDONED);
    try (var left = Files.newDirectoryStream(cache, "unpack-*")) {
      for (var path : left) {
        var changed = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (changed.isBefore(limit)) {
          FileTree.delete(path);
        }
      }
    }
  }
}
