package dev.slipway.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.script.ScriptLimit;
import dev.slipway.scriptworker.wire.FrameWriter;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Limits;
import dev.slipway.scriptworker.wire.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that says what a worker under hostile control would. */
class ForgedWorkerTest {
  private static final Limits LIMITS = new Limits(1000, 1000, 500, 1000, 1000, 1000, 1000, 10);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private static final class Forged extends Process {
    private final InputStream said;
    private boolean killed;

    Forged(Message... messages) throws Exception {
      var bytes = new ByteArrayOutputStream();
      new FrameWriter(bytes).write(messages);
      said = new ByteArrayInputStream(bytes.toByteArray());
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return said;
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
      return exitValue();
    }

    @Override
    public int exitValue() {
      if (!killed) {
        throw new IllegalThreadStateException();
      }
      return 137;
    }

    @Override
    public void destroy() {
      killed = true;
    }
  }

  private RunExchange exchange(Forged process) {
    var exchange = new RunExchange(new TestHost(), Set.of(), LIMITS);
    new WorkerProcess(1, process, timer)
        .exchange(new Message.Check("a.js", "", LIMITS), exchange, Duration.ofHours(1));
    return exchange;
  }

  @Test
  void aLimitThatIsPassedOnceMayBeFollowedByTheOutcome() throws Exception {
    var process =
        new Forged(
            new Message.Passed(Limit.CPU),
            new Message.Ended(Limit.CPU, new Message.Usage(1, 1)),
            new Message.Ready());
    assertThat(exchange(process).outcome().limit()).isEqualTo(ScriptLimit.CPU);
    assertThat(process.killed).isFalse();
  }

  @Test
  void aLimitThatIsPassedAgainIsTheEndOfTheWorker() throws Exception {
    var process =
        new Forged(
            new Message.Passed(Limit.CPU),
            new Message.Passed(Limit.CPU),
            new Message.Returned("1", new Message.Usage(1, 1)),
            new Message.Ready());
    assertThat(exchange(process).outcome().limit()).isEqualTo(ScriptLimit.CPU);
    assertThat(process.killed).isTrue();
  }
}
