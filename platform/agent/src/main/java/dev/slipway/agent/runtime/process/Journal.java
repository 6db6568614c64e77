package dev.slipway.agent.runtime.process;

import dev.slipway.agent.os.LineSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An instance's lines in the order they were read, secrets masked, in files that rotate by size.
 * Thread-safe.
 */
final class Journal {
  private static final long FILE_BYTES = 5 << 20;
  private static final int OLD_FILES = 2;
  private static final int TAIL_BYTES = 4 << 20;
  private static final int FOLLOWER_LINES = 1024;

  private final Path folder;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private boolean closed;

  Journal(Path folder) {
    this.folder = folder;
  }

  /** Lines wait here for one reader; when it is too slow the newest are dropped and counted. */
  private record Follower(ArrayBlockingQueue<String> lines, AtomicLong dropped) {
    void offer(String line) {
      if (!lines.offer(line)) {
        dropped.incrementAndGet();
      }
    }
  }

  synchronized void append(List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    var current = file(0);
    if (Files.exists(current) && Files.size(current) >= FILE_BYTES) {
      rotate();
    }
    Files.write(
        current,
        lines,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    for (var follower : followers) {
      lines.forEach(follower::offer);
    }
  }

  private void rotate() throws IOException {
    for (int i = OLD_FILES; i > 0; i--) {
      if (Files.exists(file(i - 1))) {
        Files.move(file(i - 1), file(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path file(int age) {
    return folder.resolve(age == 0 ? "journal" : "journal." + age);
  }

  synchronized List<String> tail(int lines) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    int bytes = 0;
    for (int age = OLD_FILES; age >= 0; age--) {
      if (!Files.exists(file(age))) {
        continue;
      }
      try (var reader = Files.newBufferedReader(file(age))) {
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
          last.addLast(line);
          bytes += line.length();
          while (last.size() > lines || bytes > TAIL_BYTES) {
            bytes -= last.removeFirst().length();
          }
        }
      }
    }
    return List.copyOf(last);
  }

  /** Hands over the last lines and then each new one, until interrupted or closed. */
  void follow(int tail, LineSink sink) throws IOException, InterruptedException {
    var follower = new Follower(new ArrayBlockingQueue<>(FOLLOWER_LINES), new AtomicLong());
    List<String> last;
    synchronized (this) {
      last = tail(tail);
      followers.add(follower);
    }
    try {
      for (var line : last) {
        sink.line(line);
      }
      while (!isClosed() || !follower.lines().isEmpty()) {
        var line = follower.lines().poll(250, TimeUnit.MILLISECONDS);
        long dropped = follower.dropped().getAndSet(0);
        if (dropped > 0) {
          sink.line("[slipway] " + dropped + " lines were dropped: the reader is too slow");
        }
        if (line != null) {
          sink.line(line);
        }
      }
    } finally {
      followers.remove(follower);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Ends the followers. */
  synchronized void close() {
    closed = true;
  }
}
