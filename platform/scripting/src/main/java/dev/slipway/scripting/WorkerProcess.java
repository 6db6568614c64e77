package dev.slipway.scripting;

import dev.slipway.scriptworker.wire.FrameReader;
import dev.slipway.scriptworker.wire.FrameWriter;
import dev.slipway.scriptworker.wire.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker, which one thread at a time gives something to do. */
final class WorkerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** How long a script that passed a limit may take to end before its process is killed. */
  static final Duration GRACE = Duration.ofMillis(500);

  private static final int EXIT_OUT_OF_MEMORY = 3;
  private static final int MOST_COMPLAINTS = 4096;

  private final int number;
  private final Process process;
  private final Deadline end;
  private final FrameReader in;
  private final FrameWriter out;
  private int runs;

  WorkerProcess(int number, Process process, ScheduledExecutorService timer) {
    this.number = number;
    this.process = process;
    end = new Deadline(timer, this::kill);
    in = new FrameReader(process.getInputStream());
    out = new FrameWriter(process.getOutputStream());
    Thread.ofVirtual().name("script worker " + number + " errors").start(this::drainErrors);
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** How many scripts it has run. */
  int runs() {
    return runs;
  }

  /** Calls the action once the process has ended, whyever. */
  void onExit(Runnable action) {
    process.onExit().thenRun(action);
  }

  /** Waits until it is warm; false where it has ended, or was killed because it took too long. */
  boolean awaitReady(Duration longest) {
    end.set(longest);
    try {
      return in.read() instanceof Message.Ready && alive();
    } catch (IOException gone) {
      return false;
    } finally {
      end.lift();
    }
  }

  /** Gives it something to do; what comes of it is for the exchange to say. */
  void exchange(Message order, Exchange exchange, Duration longest) {
    runs++;
    end.set(longest.plus(GRACE));
    var passed = false;
    try {
      out.write(order);
      while (!exchange.over()) {
        var message = in.read();
        if (message instanceof Message.Passed(var limit)) {
          // A worker says it once; one that goes on saying it buys no time with that.
          if (passed) {
            throw new IOException("a script passes its limit once");
          }
          passed = true;
          exchange.passed(limit);
          end.hasten(GRACE);
        } else {
          exchange.heard(message, out);
        }
      }
      if (!(in.read() instanceof Message.Ready)) {
        kill();
      }
    } catch (IOException gone) {
      kill();
      exchange.lost(exitCode() == EXIT_OUT_OF_MEMORY);
    } finally {
      end.lift();
      exchange.close();
    }
  }

  private int exitCode() {
    try {
      return process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  /** A worker has nothing to say there but that it fails. */
  private void drainErrors() {
    try (var errors = process.getErrorStream()) {
      var text = new String(errors.readNBytes(MOST_COMPLAINTS), StandardCharsets.UTF_8).strip();
      if (!text.isEmpty()) {
        LOG.info("script worker {} said: {}", number, text);
      }
      errors.transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      LOG.debug("script worker {} is gone", number);
    }
  }
}
