package dev.slipway.launcher.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a program's output on to the log and remembers the last lines for an error message. */
final class Tail {

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final int KEPT_LINES = 8;
  private static final int KEPT_CHARACTERS = 400;

  private final Deque<String> last = new ArrayDeque<>();
  private final Thread reader;

  Tail(BufferedReader source, String program) {
    this.reader =
        Thread.ofPlatform().daemon().name(program + "-output").start(() -> follow(source, program));
  }

  private void follow(BufferedReader source, String program) {
    try (source) {
      for (var line = source.readLine(); line != null; line = source.readLine()) {
        keep(line);
        log(program, line);
      }
    } catch (IOException e) {
      // The stream is closed under us when the program is ended by force.
      LOG.debug("{}: output ended", program, e);
    }
  }

  private synchronized void keep(String line) {
    if (last.size() == KEPT_LINES) {
      last.removeFirst();
    }
    last.addLast(line.length() > KEPT_CHARACTERS ? line.substring(0, KEPT_CHARACTERS) : line);
  }

  private static void log(String program, String line) {
    if (line.startsWith("FATAL:") || line.startsWith("PANIC:")) {
      LOG.warn("{}: {}", program, line);
    } else if (line.startsWith("WARNING:")) {
      LOG.info("{}: {}", program, line);
    } else {
      LOG.debug("{}: {}", program, line);
    }
  }

  /** The last lines as one; waits a moment for the reader, which may lag behind the exit. */
  String text() throws InterruptedException {
    reader.join(500);
    synchronized (this) {
      return String.join(" | ", last);
    }
  }
}
