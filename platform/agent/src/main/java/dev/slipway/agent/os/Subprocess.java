package dev.slipway.agent.os;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process with a time limit whose output is read line by line. It gets exactly the given
 * environment and no input. When it ends, is cancelled by an interrupt or runs out of time,
 * everything it started is killed with it.
 */
public record Subprocess(
    List<String> argv, Map<String, String> environment, Path directory, Duration limit) {
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final int BUFFER = 8192;

  public Subprocess {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }

  /**
   * Runs to the end. Lines arrive on another thread, one at a time; none arrives after the return.
   *
   * @return the exit code; 128 plus the signal's number for a killed child
   */
  public int run(LineSink lines) throws IOException, InterruptedException, TimeoutException {
    var builder = new ProcessBuilder(ProcessGroup.leading(argv)).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var group = new ProcessGroup(process.pid());
    // A platform thread: reading a pipe would hold a virtual thread's carrier.
    var pump =
        Thread.ofPlatform()
            .daemon()
            .name("output-of-" + process.pid())
            .start(() -> pump(process.getInputStream(), lines));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException("no end within " + limit.toSeconds() + " s");
      }
      group.kill();
      // What the child wrote is still in the pipe; only a process that left the session keeps it
      // open.
      pump.join(DRAIN);
      return process.exitValue();
    } finally {
      end(process, group, pump);
    }
  }

  private static void end(Process process, ProcessGroup group, Thread pump) {
    boolean interrupted = Thread.interrupted();
    try {
      group.kill();
      process.destroyForcibly();
      pump.interrupt();
      pump.join(DRAIN);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pump(InputStream output, LineSink lines) {
    var splitter = new LineSplitter(lines);
    var buffer = new byte[BUFFER];
    try (output) {
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        splitter.accept(buffer, 0, n);
      }
      splitter.finish();
    } catch (IOException | InterruptedException e) {
      // The child was killed or its reader is gone: there is nobody left to tell.
      Thread.currentThread().interrupt();
    }
  }
}
