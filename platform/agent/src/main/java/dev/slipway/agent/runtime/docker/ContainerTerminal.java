package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;

/** A command with a terminal inside of a container. */
final class ContainerTerminal implements Terminal {
  private static final int PIPE = 1 << 16;

  private final DockerEngine engine;
  private final String execId;
  private final PipedOutputStream typed = new PipedOutputStream();
  private final PipedInputStream shown = new PipedInputStream(PIPE);
  private final Output output;

  private ContainerTerminal(DockerEngine engine, String execId) throws IOException {
    this.engine = engine;
    this.execId = execId;
    output = new Output(new PipedOutputStream(shown));
  }

  static ContainerTerminal start(
      DockerEngine engine, String containerId, List<String> argv, int columns, int rows)
      throws RuntimeRefusal, IOException {
    var id =
        engine.call(
            () ->
                engine
                    .calls()
                    .execCreateCmd(containerId)
                    .withCmd(argv.toArray(String[]::new))
                    .withEnv(List.of("TERM=xterm-256color"))
                    .withAttachStdin(true)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withTty(true)
                    .exec()
                    .getId());
    var terminal = new ContainerTerminal(engine, id);
    var input = new PipedInputStream(terminal.typed, PIPE);
    engine.call(
        () ->
            engine.streams().execStartCmd(id).withTty(true).withStdIn(input).exec(terminal.output));
    terminal.resize(columns, rows);
    return terminal;
  }

  /** A reader that is slow slows the reading of the engine's connection down. */
  private static final class Output extends ResultCallback.Adapter<Frame> {
    private final PipedOutputStream pipe;

    Output(PipedOutputStream pipe) {
      this.pipe = pipe;
    }

    @Override
    public void onNext(Frame frame) {
      try {
        pipe.write(frame.getPayload());
        pipe.flush();
      } catch (IOException e) {
        onError(e);
      }
    }

    @Override
    public void onComplete() {
      end();
      super.onComplete();
    }

    @Override
    public void onError(Throwable fault) {
      end();
      super.onError(fault);
    }

    private void end() {
      try {
        pipe.close();
      } catch (IOException e) {
        throw new IllegalStateException("a pipe in memory", e);
      }
    }
  }

  @Override
  public InputStream output() {
    return shown;
  }

  @Override
  public OutputStream input() {
    return typed;
  }

  @Override
  public void resize(int columns, int rows) throws RuntimeRefusal, IOException {
    engine.call(() -> engine.calls().resizeExecCmd(execId).withSize(rows, columns).exec());
  }

  @Override
  public int exitCode() throws RuntimeRefusal, IOException {
    var code = engine.call(() -> engine.calls().inspectExecCmd(execId).exec().getExitCodeLong());
    return code == null ? 0 : code.intValue();
  }

  /** The engine hangs up on the command when its connection goes. */
  @Override
  public void close() {
    try {
      typed.close();
      output.close();
      shown.close();
    } catch (IOException e) {
      throw new IllegalStateException("a pipe in memory", e);
    }
  }
}
