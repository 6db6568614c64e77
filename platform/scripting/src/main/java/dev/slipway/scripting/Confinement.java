package dev.slipway.scripting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What worker processes are held in, as far as this machine has it: words that stand before their
 * command. Each measure was tried before it is used; what could not be had is kept, to be told.
 */
final class Confinement {
  /** Users above those that any distribution gives out, one for each worker. */
  private static final int FIRST_USER = 61_600;

  private static final int MOST_USERS = 64;
  private static final long LONGEST_TRIAL_SECONDS = 10;

  private final boolean root = isRoot();
  private final List<String> had = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> outer = new ArrayList<>();
  private final List<String> inner = new ArrayList<>();
  private boolean ownUser;

  private Confinement() {}

  /**
   * Tries what there is.
   *
   * @param readable what a worker must be able to read
   * @param executable what a worker must be able to execute
   */
  static Confinement find(List<Path> readable, Path executable) throws InterruptedException {
    var found = new Confinement();
    found.network();
    found.user(readable, executable);
    found.resources();
    found.priority();
    return found;
  }

  /** The words before the command of a worker. */
  List<String> words(int worker) {
    var words = new ArrayList<>(outer);
    if (ownUser) {
      words.addAll(userWords(worker));
    }
    words.addAll(inner);
    return words;
  }

  /** What workers are held in, for the log. */
  List<String> had() {
    return had;
  }

  /** What could not be had, for the log. */
  List<String> missing() {
    return missing;
  }

  private void network() throws InterruptedException {
    var words =
        root
            ? List.of("unshare", "--net", "--ipc", "--uts", "--")
            : List.of("unshare", "--user", "--map-current-user", "--net", "--ipc", "--uts", "--");
    if (works(words, "true")) {
      outer.addAll(words);
      had.add("no network");
    } else {
      missing.add("a namespace without network (unshare)");
    }
  }

  private void user(List<Path> readable, Path executable) throws InterruptedException {
    if (root && works(concat(outer, userWords(0)), "true")) {
      if (works(concat(outer, userWords(0)), reads(readable, executable))) {
        ownUser = true;
        had.add("a user of its own");
        return;
      }
      missing.add(
          "a user of its own: the folders of Java and of the distribution must be readable by all");
    } else if (root) {
      missing.add("a user of its own (setpriv)");
    } else {
      missing.add("a user of its own: only root can change users");
    }
    var noGain = List.of("setpriv", "--no-new-privs", "--");
    if (works(concat(outer, noGain), "true")) {
      inner.addAll(noGain);
      had.add("no new privileges");
    } else {
      missing.add("no new privileges (setpriv)");
    }
  }

  private void resources() throws InterruptedException {
    var words = new ArrayList<>(List.of("prlimit", "--core=0", "--nofile=256", "--fsize=0"));
    if (ownUser) {
      // Counted over all processes of a user, so only where the user is its own.
      words.add("--nproc=256");
    }
    words.add("--");
    if (works(concat(words(0), words), "true")) {
      inner.addAll(words);
      had.add("limits on files" + (ownUser ? " and processes" : ""));
    } else {
      missing.add("limits on files and processes (prlimit)");
    }
  }

  private void priority() throws InterruptedException {
    var words = List.of("nice", "-n", "5");
    if (works(concat(words(0), words), "true")) {
      inner.addAll(words);
    }
  }

  private static List<String> userWords(int worker) {
    var user = FIRST_USER + worker % MOST_USERS;
    return List.of(
        "setpriv",
        "--reuid=" + user,
        "--regid=" + user,
        "--clear-groups",
        "--no-new-privs",
        "--inh-caps=-all",
        "--bounding-set=-all",
        "--");
  }

  /** Whether a worker so held in can read a file. */
  boolean reads(int worker, Path file) {
    try {
      return works(words(worker), "test", "-r", file.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String[] reads(List<Path> readable, Path executable) {
    var words = new ArrayList<>(List.of("sh", "-c"));
    words.add("test -x \"$0\" && for file; do test -r \"$file\" || exit 1; done");
    words.add(executable.toString());
    readable.forEach(path -> words.add(path.toString()));
    return words.toArray(String[]::new);
  }

  private static List<String> concat(List<String> one, List<String> other) {
    var words = new ArrayList<>(one);
    words.addAll(other);
    return words;
  }

  private static boolean works(List<String> words, String... command) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(concat(words, List.of(command)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(LONGEST_TRIAL_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException absent) {
      return false;
    }
  }

  private static boolean isRoot() {
    try {
      return Optional.of(Files.readString(Path.of("/proc/self/status")))
          .filter(status -> status.lines().anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*")))
          .isPresent();
    } catch (IOException unknown) {
      return false;
    }
  }
}
