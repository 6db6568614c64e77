package dev.slipway.scriptworker.graal;

import com.sun.management.ThreadMXBean;
import dev.slipway.scriptworker.Host;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Limits;
import dev.slipway.scriptworker.wire.Message;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** One run, watched: what it uses and which limit it was ended at. */
final class Watch {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The engine's own limit comes first; this one is for what the engine can not interrupt. */
  private static final long CPU_MARGIN = 30_000_000;

  private final Limits limits;
  private final Host host;
  private final long thread = Thread.currentThread().threadId();
  private final long startedAt = System.nanoTime();
  private final long cpuAtStart = THREADS.getThreadCpuTime(thread);
  private final long allocatedAtStart = THREADS.getThreadAllocatedBytes(thread);
  private volatile @Nullable Context context;
  private volatile @Nullable Limit passed;
  private volatile boolean over;

  Watch(Limits limits, Host host) {
    this.limits = limits;
    this.host = host;
  }

  /** Ends this context when a limit is passed. */
  void guard(Context guarded) {
    context = guarded;
  }

  void end() {
    over = true;
  }

  boolean over() {
    return over || passed != null;
  }

  @Nullable Limit passed() {
    return passed;
  }

  Message.Usage usage() {
    return new Message.Usage(
        millis(THREADS.getThreadCpuTime(thread) - cpuAtStart),
        millis(System.nanoTime() - startedAt));
  }

  private static int millis(long nanos) {
    return (int) (nanos / 1_000_000);
  }

  /** Looks at the clock, the processor time and the memory of the run. */
  void look() {
    if (System.nanoTime() - startedAt > limits.wallMillis() * 1_000_000L) {
      pass(Limit.WALL);
    } else if (THREADS.getThreadCpuTime(thread) - cpuAtStart
        > limits.cpuMillis() * 1_000_000L + CPU_MARGIN) {
      pass(Limit.CPU);
    } else if (THREADS.getThreadAllocatedBytes(thread) - allocatedAtStart
        > limits.allocatedBytes()) {
      pass(Limit.MEMORY);
    }
  }

  /** Ends the run from within a call that the script makes; does not return. */
  RuntimeException stop(Limit limit) {
    pass(limit);
    try {
      // Closing the context interrupts this thread.
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return new IllegalStateException("ended");
  }

  /** The host hears first: it kills the process where closing takes too long. */
  private synchronized void pass(Limit limit) {
    if (over()) {
      return;
    }
    passed = limit;
    host.passed(limit);
    Thread.ofPlatform().daemon().name("end of script").start(this::close);
  }

  private void close() {
    var guarded = context;
    if (guarded != null) {
      try {
        guarded.close(true);
      } catch (PolyglotException | IllegalStateException ended) {
        // The script's own thread tells.
      }
    }
  }
}
