package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.compose.Service;
import dev.slipway.compose.Service.Condition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Waits until a service has come as far as others need it, and says what it wrote if it does not.
 */
final class ComposeWait {
  private static final Duration HEALTHY = Duration.ofMinutes(5);
  private static final Duration COMPLETED = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int LAST_LINES = 10;

  private final ComposeContainers containers;
  private final ContainerStreams streams;

  ComposeWait(ComposeContainers containers, ContainerStreams streams) {
    this.containers = containers;
    this.streams = streams;
  }

  void until(Service service, String id, Condition condition)
      throws RuntimeRefusal, IOException, InterruptedException {
    if (condition == Condition.STARTED) {
      return;
    }
    var limit = condition == Condition.HEALTHY ? HEALTHY : COMPLETED;
    var deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      if (isThere(service, id, condition)) {
        return;
      }
      Thread.sleep(LOOK);
    }
    throw failed(service, id, "did not get that far within " + limit.toMinutes() + " minutes");
  }

  private boolean isThere(Service service, String id, Condition condition)
      throws RuntimeRefusal, IOException, InterruptedException {
    var state = containers.look(id).getState();
    boolean ended = "exited".equals(state.getStatus()) || "dead".equals(state.getStatus());
    if (condition == Condition.COMPLETED) {
      if (ended && code(state) != 0) {
        throw failed(service, id, "ended with code " + code(state));
      }
      return ended;
    }
    if (ended) {
      throw failed(service, id, "ended with code " + code(state) + " before it was healthy");
    }
    var health = state.getHealth();
    if (health == null) {
      throw failed(service, id, "has no health check that another service could wait for");
    }
    if ("unhealthy".equals(health.getStatus())) {
      throw failed(service, id, "is unhealthy");
    }
    return "healthy".equals(health.getStatus());
  }

  private static long code(ContainerState state) {
    return state.getExitCodeLong() == null ? 0 : state.getExitCodeLong();
  }

  private RuntimeRefusal failed(Service service, String id, String what)
      throws RuntimeRefusal, IOException, InterruptedException {
    var lines = new ArrayList<String>();
    streams.logs(id, LAST_LINES, false, lines::add);
    var output = lines.isEmpty() ? "" : "\n" + String.join("\n", lines);
    return new RuntimeRefusal("services." + service.name() + " " + what + output);
  }
}
