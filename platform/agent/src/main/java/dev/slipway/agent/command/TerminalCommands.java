package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.Terminal;
import dev.slipway.agent.wire.TerminalLink;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.TerminalEnd;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets somebody at the platform talk to a command beside an instance. */
public final class TerminalCommands {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalCommands.class);
  private static final int PIECE = 16 * 1024;
  private static final int MOST_CELLS = 1000;

  private final AppRuntime runtime;
  private final Function<String, TerminalLink> link;

  /**
   * @param link opens the streams of a session
   */
  public TerminalCommands(AppRuntime runtime, Function<String, TerminalLink> link) {
    this.runtime = runtime;
    this.link = link;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(CommandType.COMMAND_TYPE_TERMINAL, this::talk);
  }

  private Reply talk(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var session = payload.required("session_id");
    var name = payload.instanceName("container_name");
    var words = payload.texts("command");
    var argv = words.isEmpty() ? List.of("/bin/sh") : words;
    int columns = cells(payload, "columns", 80);
    int rows = cells(payload, "rows", 24);
    try (var wire = link.apply(session)) {
      try (var terminal = runtime.terminal(name, argv, columns, rows)) {
        int code = carry(terminal, wire);
        wire.finish(TerminalEnd.newBuilder().setExitCode(code).build());
        return Reply.completed("exit " + code);
      } catch (RuntimeRefusal e) {
        wire.finish(TerminalEnd.newBuilder().setError(e.getMessage()).build());
        throw new CommandFailure(e.getMessage());
      }
    }
  }

  private static int cells(Payload payload, String key, int fallback) throws CommandFailure {
    var cells = payload.integer(key, fallback);
    if (cells < 1 || cells > MOST_CELLS) {
      throw new CommandFailure("invalid payload: " + key + " is not 1.." + MOST_CELLS);
    }
    return (int) cells;
  }

  private static int carry(Terminal terminal, TerminalLink wire)
      throws RuntimeRefusal, IOException, InterruptedException {
    var showing = new FutureTask<>(() -> show(terminal, wire), null);
    // A platform thread: reading a pipe would hold a virtual thread's carrier, and not be
    // cancelled.
    Thread.ofPlatform().daemon().name("terminal-output").start(showing);
    var typing = Thread.ofVirtual().name("terminal-input").start(() -> type(wire, terminal));
    try {
      showing.get();
      return terminal.exitCode();
    } catch (ExecutionException e) {
      throw new IOException("the terminal broke off", e.getCause());
    } finally {
      typing.interrupt();
    }
  }

  /** Until the command has ended, or the platform has gone before. */
  private static void show(Terminal terminal, TerminalLink wire) {
    var piece = new byte[PIECE];
    var output = terminal.output();
    try {
      for (int n = output.read(piece); n >= 0; n = output.read(piece)) {
        wire.send(piece, n);
      }
    } catch (IOException e) {
      LOG.debug("The output of a terminal ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void type(TerminalLink wire, Terminal terminal) {
    try {
      for (var message = wire.receive(); message != null; message = wire.receive()) {
        if (message.getColumns() > 0 && message.getRows() > 0) {
          terminal.resize(
              Math.min(message.getColumns(), MOST_CELLS), Math.min(message.getRows(), MOST_CELLS));
        }
        if (!message.getData().isEmpty()) {
          message.getData().writeTo(terminal.input());
          terminal.input().flush();
        }
      }
      // Nobody is there any more: whatever still runs has lost its terminal.
      terminal.close();
    } catch (IOException | RuntimeRefusal e) {
      LOG.debug("The input of a terminal ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
