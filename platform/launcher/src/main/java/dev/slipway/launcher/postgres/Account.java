package dev.slipway.launcher.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system account that the server's programs run under. PostgreSQL refuses to run as
 * root, so root hands them to an unprivileged user id; every other user runs them itself.
 *
 * @param prefix words put before each command
 * @param uid owner that the cluster's files must have; empty when it is our own
 */
record Account(List<String> prefix, Optional<Integer> uid) {

  private static final Logger LOG = LoggerFactory.getLogger(Account.class);

  /** "nobody" on Linux; works without an entry in passwd. */
  private static final int UNPRIVILEGED = 65534;

  /**
   * @param reached folders that the server must be able to enter
   */
  static Account choose(Path... reached) throws IOException {
    if (!isRoot()) {
      return new Account(session(), Optional.empty());
    }
    var blocked = firstBlocked(reached);
    var words = new ArrayList<>(session());
    var setpriv = find("setpriv");
    if (setpriv.isPresent()) {
      words.addAll(setprivWords(setpriv.get(), blocked));
    } else if (find("runuser").isPresent() && blocked.isEmpty()) {
      words.addAll(List.of(find("runuser").get().toString(), "-u", "nobody", "--"));
    } else if (blocked.isPresent()) {
      throw new IOException(
          "PostgreSQL cannot run as root, and another user cannot enter "
              + blocked.get()
              + "; choose a data folder that every user may enter");
    } else {
      throw new IOException(
          "PostgreSQL cannot run as root, and neither setpriv nor runuser (util-linux) is there;"
              + " run slipway as another user or give a database by SLIPWAY_DATABASE_URL");
    }
    return new Account(List.copyOf(words), Optional.of(UNPRIVILEGED));
  }

  private static List<String> setprivWords(Path setpriv, Optional<Path> blocked) {
    var words = new ArrayList<String>();
    words.add(setpriv.toString());
    words.add("--reuid=" + UNPRIVILEGED);
    words.add("--regid=" + UNPRIVILEGED);
    words.add("--clear-groups");
    if (blocked.isPresent()) {
      // A clone below /root is usual for root; without this its server could not reach its files.
      LOG.warn(
          "{} is closed to other users: PostgreSQL runs with the capability to read all files",
          blocked.get());
      words.add("--inh-caps=+dac_read_search");
      words.add("--ambient-caps=+dac_read_search");
    }
    return words;
  }

  /**
   * Where the programs can stand: root's own user may search a closed folder by a capability, but
   * the programs look themselves up by access(2), which ignores it.
   */
  static Path reachable(Path cache) throws IOException {
    Files.createDirectories(cache);
    return isRoot() && firstBlocked(cache).isPresent() ? Options.sharedCache() : cache;
  }

  private static boolean isRoot() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  List<String> command(Path program, List<String> arguments) {
    return Stream.of(prefix, List.of(program.toString()), arguments).flatMap(List::stream).toList();
  }

  void own(Path path) throws IOException {
    if (uid.isPresent()) {
      Files.setAttribute(path, "unix:uid", uid.get());
      Files.setAttribute(path, "unix:gid", uid.get());
    }
  }

  /**
   * A session of its own: Ctrl-C in a terminal signals the whole process group, and the server must
   * outlive the parts of the platform that still write to it.
   */
  private static List<String> session() {
    return find("setsid").map(path -> List.of(path.toString())).orElse(List.of());
  }

  private static Optional<Path> firstBlocked(Path... reached) throws IOException {
    for (var path : reached) {
      for (var dir = path.toRealPath(); dir != null; dir = dir.getParent()) {
        if (!Files.getPosixFilePermissions(dir).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return Optional.of(dir);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> find(String program) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
        .map(dir -> Path.of(dir, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
