package dev.slipway.agent.runtime.process;

import dev.slipway.agent.os.ProcFs;
import dev.slipway.agent.os.ProcessGroup;
import dev.slipway.agent.runtime.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A command on a pseudo-terminal that {@code script} of util-linux makes. Where a host has none the
 * command talks through plain pipes: without echo, line editing and job control.
 */
final class ProcessTerminal implements Terminal {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final Path STTY = Path.of("/usr/bin/stty");
  private static final long END_SECONDS = 10;

  private final Process process;
  private final boolean terminal;

  private ProcessTerminal(Process process, boolean terminal) {
    this.process = process;
    this.terminal = terminal;
  }

  static ProcessTerminal start(
      List<String> argv, Map<String, String> environment, Path folder, int columns, int rows)
      throws IOException {
    boolean terminal = Files.isExecutable(SCRIPT);
    var words = terminal ? onTerminal(argv, columns, rows) : argv;
    var builder = new ProcessBuilder(ProcessGroup.leading(words)).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("TERM", terminal ? "xterm-256color" : "dumb");
    return new ProcessTerminal(builder.start(), terminal);
  }

  private static List<String> onTerminal(List<String> argv, int columns, int rows) {
    var quoted =
        argv.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    // The size must be right before the command looks at it.
    var command = "stty cols " + columns + " rows " + rows + " 2>/dev/null; exec " + quoted;
    return List.of(SCRIPT.toString(), "--quiet", "--return", "--flush", "-c", command, "/dev/null");
  }

  @Override
  public InputStream output() {
    return process.getInputStream();
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public void resize(int columns, int rows) throws IOException, InterruptedException {
    var device = terminal ? device() : "";
    if (!device.isEmpty() && Files.isExecutable(STTY)) {
      var stty =
          new ProcessBuilder(
                  STTY.toString(),
                  "-F",
                  device,
                  "cols",
                  Integer.toString(columns),
                  "rows",
                  Integer.toString(rows))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      stty.waitFor(END_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** The other end of what {@code script} holds; empty where the command has just ended. */
  private String device() throws IOException {
    for (var child : ProcFs.processes()) {
      if (child.parent() == process.pid()) {
        var input = Path.of("/proc", Long.toString(child.pid()), "fd", "0");
        if (Files.isSymbolicLink(input)) {
          var device = Files.readSymbolicLink(input).toString();
          return device.startsWith("/dev/pts/") ? device : "";
        }
      }
    }
    return "";
  }

  @Override
  public int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** Closing the terminal hangs up on all that runs on it. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      // Before anything that waits: what ignores the hang-up must go as well.
      var children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      new ProcessGroup(process.pid()).kill();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
