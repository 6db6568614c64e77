package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import java.io.IOException;
import java.time.Duration;

/** Starts a service and waits until it answers. */
final class Start {
  private static final Duration LOOK = Duration.ofMillis(500);

  private Start() {}

  /** Whether the service answers; what it throws is told where it never does. */
  interface Question {
    boolean answered() throws RuntimeRefusal, IOException, InterruptedException;
  }

  static void of(ContainerAccess containers, String id, Duration limit, Question question)
      throws RuntimeRefusal, IOException, InterruptedException {
    containers.start(id);
    var deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var said = "";
      try {
        if (question.answered()) {
          return;
        }
      } catch (RuntimeRefusal e) {
        said = ": " + e.getMessage();
      }
      if (!containers.look(id).running()) {
        throw new RuntimeRefusal("the service ended at its start: " + containers.lastLines(id));
      }
      if (System.nanoTime() > deadline) {
        throw new RuntimeRefusal("no answer within " + limit.toSeconds() + " s" + said);
      }
      Thread.sleep(LOOK);
    }
  }
}
