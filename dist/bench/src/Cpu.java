import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Processor time of a process and of all that it started, as the kernel counts it. */
final class Cpu {
  private static final double TICKS = 100;
  private static final int PARENT = 1;
  private static final int OWN = 11;
  private static final int OF_THE_DEAD = 13;

  private Cpu() {}

  private record Times(long parent, double seconds) {}

  /** Seconds so far. */
  static double seconds(ProcessHandle process) throws IOException {
    var all = new HashMap<Long, Times>();
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      for (var entry : entries.filter(e -> e.getFileName().toString().matches("\\d+")).toList()) {
        read(entry, all);
      }
    }
    return sum(process.pid(), all);
  }

  private static void read(Path process, Map<Long, Times> into) {
    try {
      var text = Files.readString(process.resolve("stat"));
      var words = text.substring(text.lastIndexOf(')') + 2).split(" ");
      var ticks = 0L;
      // Children that have ended count where they were waited for.
      for (var word = OWN; word <= OF_THE_DEAD + 1; word++) {
        ticks += Long.parseLong(words[word]);
      }
      into.put(
          Long.parseLong(process.getFileName().toString()),
          new Times(Long.parseLong(words[PARENT]), ticks / TICKS));
    } catch (IOException gone) {
      // It ended meanwhile.
    }
  }

  private static double sum(long process, Map<Long, Times> all) {
    var own = all.get(process);
    var seconds = own == null ? 0 : own.seconds();
    for (var entry : all.entrySet()) {
      if (entry.getValue().parent() == process) {
        seconds += sum(entry.getKey(), all);
      }
    }
    return seconds;
  }
}
