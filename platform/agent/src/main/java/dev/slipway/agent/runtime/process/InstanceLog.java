package dev.slipway.agent.runtime.process;

import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.LineSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries an app's output from the files it writes into the journal and on to the control plane.
 * What was written while no agent ran is read by the next one. Thread-safe.
 */
final class InstanceLog {
  private final Path offsets;
  private final OutputFile out;
  private final OutputFile error;
  private final Journal journal;
  private final Masking masking;
  private final Listener listener;

  /** Takes each masked line. */
  interface Listener {
    void line(long timestampNanos, boolean error, String text);
  }

  InstanceLog(Path folder, Masking masking, Listener listener) throws IOException {
    AtomicFile.folder(folder);
    offsets = folder.resolve("offsets");
    var known = Files.exists(offsets) ? Files.readAllLines(offsets) : List.<String>of();
    out = new OutputFile(folder.resolve("out"), known.size() == 2 ? number(known.get(0)) : 0);
    error = new OutputFile(folder.resolve("err"), known.size() == 2 ? number(known.get(1)) : 0);
    journal = new Journal(folder);
    this.masking = masking;
    this.listener = listener;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      // A half-written file after a crash: reading again repeats lines, which beats losing them.
      return 0;
    }
  }

  Path out() {
    return out.path();
  }

  Path error() {
    return error.path();
  }

  Journal journal() {
    return journal;
  }

  /**
   * Takes in what was written since the last look.
   *
   * @param ended whether the app has ended, so that a last line without end counts
   */
  synchronized void collect(boolean ended) throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    boolean moved = out.read(ended, line -> take(lines, false, line));
    moved |= error.read(ended, line -> take(lines, true, line));
    if (moved) {
      journal.append(lines);
      Files.write(offsets, List.of(Long.toString(out.offset()), Long.toString(error.offset())));
      out.blank();
      error.blank();
    }
  }

  private void take(List<String> lines, boolean isError, String line) {
    var text = masking.apply(line);
    var now = Instant.now();
    lines.add(text);
    listener.line(now.getEpochSecond() * 1_000_000_000L + now.getNano(), isError, text);
  }

  /**
   * The last lines, then, when following, new ones until interrupted or the instance is removed.
   */
  void read(int tail, boolean follow, LineSink sink) throws IOException, InterruptedException {
    if (follow) {
      journal.follow(tail, sink);
      return;
    }
    for (var line : journal.tail(tail)) {
      sink.line(line);
    }
  }

  /** A line of the agent's own about the instance. */
  synchronized void note(String text) throws IOException {
    var lines = new ArrayList<String>();
    take(lines, true, "[slipway] " + text);
    journal.append(lines);
  }
}
