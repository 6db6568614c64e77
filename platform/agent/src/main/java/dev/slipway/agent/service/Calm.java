package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is not broken off half done; whoever was told to stop meanwhile stops after it. */
final class Calm {
  private static final Logger LOG = LoggerFactory.getLogger(Calm.class);

  private Calm() {}

  interface Work {
    void run() throws RuntimeRefusal, IOException, InterruptedException;
  }

  static void whole(Work work) throws RuntimeRefusal, IOException, InterruptedException {
    var fault = new AtomicReference<@Nullable Exception>();
    var thread =
        Thread.startVirtualThread(
            () -> {
              try {
                work.run();
              } catch (RuntimeRefusal | IOException | InterruptedException | RuntimeException e) {
                fault.set(e);
              }
            });
    await(thread);
    switch (fault.get()) {
      case RuntimeRefusal e -> throw e;
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case null, default -> {}
    }
  }

  interface Making {
    String made() throws RuntimeRefusal, IOException, InterruptedException;
  }

  /** The same for what has to be known once it is there, since somebody has to remove it. */
  static String made(Making making) throws RuntimeRefusal, IOException, InterruptedException {
    var id = new AtomicReference<String>();
    whole(() -> id.set(making.made()));
    return id.get();
  }

  private static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same at the end of something; a fault is logged: the one that led here is to be told. */
  static void atLast(String what, Work work) {
    try {
      whole(work);
    } catch (RuntimeRefusal | IOException e) {
      LOG.warn("{} failed: {}", what, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
