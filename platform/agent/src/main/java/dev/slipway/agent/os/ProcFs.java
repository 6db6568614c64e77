package dev.slipway.agent.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads /proc. A process that ends while it is read is simply not there. */
public final class ProcFs {
  /** Clock ticks a second; fixed at 100 for user space on every Linux the JDK runs on. */
  public static final long TICKS_PER_SECOND = 100;

  private static final Path ROOT = Path.of("/proc");
  private static final int MAX_COMMAND_LINE = 4096;

  private ProcFs() {}

  /**
   * One line of /proc/PID/stat.
   *
   * @param terminal that controls it, 0 where there is none
   * @param startTicks since boot; with the pid and the boot id it names a process for good
   * @param cpuTicks user and system time of the process
   * @param residentPages 4 KiB on the supported machines
   */
  public record Stat(
      long pid,
      String name,
      char state,
      long parent,
      long group,
      long session,
      long terminal,
      long startTicks,
      long cpuTicks,
      long residentPages) {

    /** Parses what the kernel wrote; the name in brackets may hold any character. */
    public static Stat parse(String line) {
      int open = line.indexOf('(');
      int close = line.lastIndexOf(')');
      var fields = line.substring(close + 2).strip().split(" ");
      return new Stat(
          Long.parseLong(line.substring(0, open).strip()),
          line.substring(open + 1, close),
          fields[0].charAt(0),
          Long.parseLong(fields[1]),
          Long.parseLong(fields[2]),
          Long.parseLong(fields[3]),
          Long.parseLong(fields[4]),
          Long.parseLong(fields[19]),
          Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
          Long.parseLong(fields[21]));
    }

    public boolean isZombie() {
      return state == 'Z' || state == 'X';
    }
  }

  public static Optional<Stat> stat(long pid) {
    try {
      return Optional.of(Stat.parse(read(ROOT.resolve(Long.toString(pid)).resolve("stat"))));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  public static List<Stat> processes() {
    var found = new ArrayList<Stat>();
    try (var entries = Files.newDirectoryStream(ROOT, "[0-9]*")) {
      for (var entry : entries) {
        stat(Long.parseLong(entry.getFileName().toString())).ifPresent(found::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.copyOf(found);
    }
    return List.copyOf(found);
  }

  /** Where a process works; empty for one that is gone or another user's. */
  public static Optional<Path> workingFolder(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(ROOT.resolve(Long.toString(pid)).resolve("cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A variable that a process was started with; empty also for one of another user. */
  public static Optional<String> variable(long pid, String name) {
    try {
      var start = name + "=";
      return Stream.of(read(ROOT.resolve(Long.toString(pid)).resolve("environ")).split("\0"))
          .filter(entry -> entry.startsWith(start))
          .map(entry -> entry.substring(start.length()))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The command line with blanks between its words; empty for a process that is gone. */
  public static String commandLine(long pid) {
    try {
      var text = read(ROOT.resolve(Long.toString(pid)).resolve("cmdline"));
      var line = text.replace('\0', ' ').strip();
      return line.length() > MAX_COMMAND_LINE ? line.substring(0, MAX_COMMAND_LINE) : line;
    } catch (IOException e) {
      return "";
    }
  }

  /** Changes at each boot, so that pids of an earlier one are never mistaken. */
  public static String bootId() {
    return text("sys/kernel/random/boot_id").strip();
  }

  /** A file below /proc; empty when the kernel does not offer it. */
  public static String text(String relative) {
    try {
      return read(ROOT.resolve(relative));
    } catch (IOException e) {
      return "";
    }
  }

  private static String read(Path file) throws IOException {
    // Files of /proc claim a size of 0; readAllBytes reads to the end all the same.
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
