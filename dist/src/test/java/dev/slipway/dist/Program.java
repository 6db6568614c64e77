package dev.slipway.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The distribution's start script in a process of its own, with what it prints, line by line. */
final class Program implements AutoCloseable {
  static final Path HOME = Path.of("target", "slipway").toAbsolutePath();

  private static final long LIMIT_SECONDS = 180;

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private Program(Process process) {
    this.process = process;
    // Platform threads: a read from a pipe holds on to its carrier, and there are few of them.
    readers =
        List.of(
            reader(process.inputReader(StandardCharsets.UTF_8), output),
            reader(process.errorReader(StandardCharsets.UTF_8), errors));
  }

  private static Thread reader(BufferedReader from, List<String> into) {
    return Thread.ofPlatform().daemon().start(() -> read(from, into));
  }

  private static void read(BufferedReader from, List<String> into) {
    try (from) {
      from.lines().forEach(into::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      into.add("(the pipe broke: " + e.getMessage() + ")");
    }
  }

  /** Of the caller's environment nothing of ours gets through but what is given here. */
  static Program start(Path folder, Map<String, String> environment, String input, String... words)
      throws IOException {
    // As a shell starts it: in a process group of its own, and hearing Ctrl-C, which it would not
    // when the tests themselves were started to run in the background.
    var command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
    command.add(HOME.resolve("bin/slipway").toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SLIPWAY_") && !name.equals("SLIPWAY_JAVA_HOME"));
    builder.environment().putAll(environment);
    var process = builder.start();
    try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(input);
    } catch (IOException alreadyGone) {
      // What it printed and its exit code tell more than a broken pipe.
    }
    return new Program(process);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  List<String> output() {
    return List.copyOf(output);
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  /** Waits for the end; gives the exit code. */
  int await() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end within " + LIMIT_SECONDS + " s: " + this);
    }
    // Unless it has left its pipes to children of its own, they end with it.
    for (var reader : readers) {
      if (!reader.join(Duration.ofSeconds(LIMIT_SECONDS))) {
        throw new AssertionError("its output did not end: " + this);
      }
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  int terminate() throws InterruptedException {
    process.destroy();
    return await();
  }

  /** Ctrl-C: SIGINT to all of its process group. */
  int interrupt() throws IOException, InterruptedException {
    var group = "-" + process.pid();
    var kill = new ProcessBuilder("kill", "-INT", "--", group).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -INT " + group + " ended with " + kill.exitValue());
    }
    return await();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      terminate();
    }
  }

  @Override
  public String toString() {
    return "output " + output + ", errors " + errors;
  }
}
