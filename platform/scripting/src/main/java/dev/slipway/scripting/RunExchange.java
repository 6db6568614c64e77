package dev.slipway.scripting;

import dev.slipway.api.PlatformException;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptHost;
import dev.slipway.api.script.ScriptLimit;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptStop;
import dev.slipway.scriptworker.wire.FrameWriter;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Limits;
import dev.slipway.scriptworker.wire.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script's run as the host sees it. A worker counts what its script does, but whoever has broken
 * out of its engine would not, so the host counts too.
 */
final class RunExchange implements Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(RunExchange.class);
  private static final Duration CALL_END = Duration.ofSeconds(2);

  private final ScriptHost host;
  private final Set<String> functions;
  private final Limits limits;
  private final long startedAt = System.nanoTime();
  private @Nullable ScriptOutcome outcome;
  private @Nullable ScriptLimit passed;
  private volatile @Nullable ScriptLimit stopped;
  private @Nullable Thread call;
  private volatile boolean calling;
  private int calls;
  private long logged;

  RunExchange(ScriptHost host, Set<String> functions, Limits limits) {
    this.host = host;
    this.functions = functions;
    this.limits = limits;
  }

  /** How the run has come out, once it is over. */
  ScriptOutcome outcome() {
    return outcome == null ? broken() : outcome;
  }

  @Override
  public boolean over() {
    return outcome != null;
  }

  @Override
  public void heard(Message message, FrameWriter out) throws IOException {
    switch (message) {
      case Message.Call(var number, var function, var arguments) ->
          begin(number, function, arguments, out);
      case Message.Log(var level, var text) -> log(level, text);
      case Message.Returned(var value, var usage) ->
          outcome =
              new ScriptOutcome(
                  Status.SUCCEEDED, value, null, null, usage.cpuMillis(), usage.wallMillis());
      case Message.Failed(var fault, var usage) ->
          outcome =
              new ScriptOutcome(
                  Status.FAILED,
                  null,
                  Words.fault(fault),
                  null,
                  usage.cpuMillis(),
                  usage.wallMillis());
      case Message.Ended(var limit, var usage) ->
          outcome = ScriptOutcome.ended(known(limit), usage.cpuMillis(), usage.wallMillis());
      default -> throw new IOException("not now: " + message.getClass().getSimpleName());
    }
  }

  /** Where the host itself has stopped the script, it knows better than the worker. */
  private ScriptLimit known(Limit limit) {
    var own = stopped;
    return own == null ? Words.limit(limit) : own;
  }

  private void begin(int number, String function, String arguments, FrameWriter out)
      throws IOException {
    if (calling
        || ++calls > limits.calls()
        || arguments.length() > limits.outputChars()
        || !functions.contains(function)) {
      throw new IOException("a call that the script can not make");
    }
    calling = true;
    call =
        Thread.ofVirtual()
            .name("script call " + function)
            .start(() -> answer(number, function, arguments, out));
  }

  private void answer(int number, String function, String arguments, FrameWriter out) {
    try {
      var reply = reply(number, function, arguments);
      // Before it is sent: the next call may come as soon as it is.
      calling = false;
      out.write(reply);
    } catch (IOException gone) {
      LOG.debug("nobody waits for {} any more", function);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private Message reply(int number, String function, String arguments) throws InterruptedException {
    try {
      var value = host.call(function, arguments);
      return value.length() > limits.outputChars()
          ? new Message.Refusal(number, "script.answer-too-long", "The answer is too long.")
          : new Message.Answer(number, value);
    } catch (PlatformException refused) {
      return new Message.Refusal(number, refused.code().code(), refused.getMessage());
    } catch (ScriptStop stop) {
      stopped = stop.limit();
      return new Message.Stop(number);
    } catch (RuntimeException failure) {
      LOG.error("a script's call of {} failed", function, failure);
      return new Message.Refusal(number, "script.call-failed", "The call failed.");
    }
  }

  private void log(Message.Level level, String text) throws IOException {
    logged += text.length();
    if (logged > limits.outputChars()) {
      throw new IOException("more output than the script can make");
    }
    host.log(level.name().toLowerCase(Locale.ROOT), text);
  }

  @Override
  public void passed(Limit limit) {
    passed = known(limit);
  }

  @Override
  public void lost(boolean outOfMemory) {
    if (outcome != null) {
      return;
    }
    if (passed != null) {
      outcome = ended(passed);
    } else if (outOfMemory) {
      outcome = ended(ScriptLimit.MEMORY);
    } else if (wallMillis() >= limits.wallMillis()) {
      outcome = ended(ScriptLimit.WALL);
    }
  }

  private ScriptOutcome ended(ScriptLimit limit) {
    return ScriptOutcome.ended(limit, 0, wallMillis());
  }

  private ScriptOutcome broken() {
    return new ScriptOutcome(
        Status.FAILED,
        null,
        ScriptFault.of("The process that ran the script has ended."),
        null,
        0,
        wallMillis());
  }

  private long wallMillis() {
    return (System.nanoTime() - startedAt) / 1_000_000;
  }

  /** A call that is still under way belongs to the run: what it does must be known when it ends. */
  @Override
  public void close() {
    var last = call;
    if (last == null || !last.isAlive()) {
      return;
    }
    last.interrupt();
    try {
      if (!last.join(CALL_END)) {
        LOG.warn("{} goes on after its run has ended", last.getName());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
