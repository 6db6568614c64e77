package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceRestartCondition;
import com.github.dockerjava.api.model.ServiceUpdateState;
import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskState;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Waits until the tasks of a stack are what they are to be. */
final class StackWait {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration USUAL_WATCH = Duration.ofSeconds(5);

  private final Swarm swarm;
  private final String stack;
  private final Duration limit;
  private final long deadline;

  /** The limit begins now. */
  StackWait(Swarm swarm, String stack, Duration limit) {
    this.swarm = swarm;
    this.stack = stack;
    this.limit = limit;
    deadline = System.nanoTime() + limit.toNanos();
  }

  boolean isOver() {
    return System.nanoTime() > deadline;
  }

  /**
   * Until all tasks of a service run, and have run for as long as new ones are watched.
   *
   * @param back whether it is on the way to what it was before
   */
  void untilRunning(String id, boolean back)
      throws RuntimeRefusal, IOException, InterruptedException {
    long since = 0;
    while (true) {
      var service =
          swarm
              .service(id)
              .orElseThrow(() -> new RuntimeRefusal("a service was removed meanwhile"));
      var tasks =
          swarm.tasks(stack).stream().filter(task -> id.equals(task.getServiceId())).toList();
      requireGoodCourse(service, back);
      boolean there = isThere(service, tasks);
      var now = System.nanoTime();
      since = !there ? 0 : since == 0 ? now : since;
      if (there && (wasWatched(service) || now - since >= watch(service).toNanos())) {
        return;
      }
      if (isOver()) {
        throw new RuntimeRefusal(
            service.getSpec().getName()
                + " does not run as wanted within "
                + limit.toSeconds()
                + " s"
                + lastError(tasks));
      }
      Thread.sleep(LOOK);
    }
  }

  /** Until no task is left of a stack without services. */
  void untilGone() throws RuntimeRefusal, IOException, InterruptedException {
    while (!swarm.tasks(stack).isEmpty()) {
      if (isOver()) {
        throw new RuntimeRefusal(
            "tasks of the stack have not ended within " + limit.toSeconds() + " s");
      }
      Thread.sleep(LOOK);
    }
  }

  private static void requireGoodCourse(Service service, boolean back) throws RuntimeRefusal {
    var status = service.getUpdateStatus();
    var state = status == null ? null : status.getState();
    boolean bad =
        state == ServiceUpdateState.PAUSED
            || state == ServiceUpdateState.ROLLBACK_PAUSED
            || state == ServiceUpdateState.ROLLBACK_COMPLETED && !back;
    if (bad) {
      throw new RuntimeRefusal(
          "the update of " + service.getSpec().getName() + " failed: " + status.getMessage());
    }
  }

  private static boolean isThere(Service service, List<Task> tasks) {
    var status = service.getUpdateStatus();
    var state = status == null ? null : status.getState();
    if (state == ServiceUpdateState.UPDATING || state == ServiceUpdateState.ROLLBACK_STARTED) {
      return false;
    }
    var wanted =
        tasks.stream().filter(task -> task.getDesiredState() == TaskState.RUNNING).toList();
    var current = service.getSpec().getTaskTemplate().getContainerSpec();
    boolean all =
        wanted.stream()
            .allMatch(
                task ->
                    task.getStatus().getState() == TaskState.RUNNING
                        && current.equals(task.getSpec().getContainerSpec()));
    var replicated = service.getSpec().getMode().getReplicated();
    return all
        && (replicated == null
            ? !wanted.isEmpty()
            : wanted.size() + done(service, tasks) >= replicated.getReplicas());
  }

  /** Tasks that were to end, and have ended well, are not started again. */
  private static long done(Service service, List<Task> tasks) {
    var restart = service.getSpec().getTaskTemplate().getRestartPolicy();
    boolean mayEnd =
        restart != null
            && restart.getCondition() != null
            && restart.getCondition() != ServiceRestartCondition.ANY;
    return mayEnd
        ? tasks.stream().filter(task -> task.getStatus().getState() == TaskState.COMPLETE).count()
        : 0;
  }

  /** The swarm itself has looked at its tasks for long enough. */
  private static boolean wasWatched(Service service) {
    var status = service.getUpdateStatus();
    var state = status == null ? null : status.getState();
    return state == ServiceUpdateState.COMPLETED || state == ServiceUpdateState.ROLLBACK_COMPLETED;
  }

  private static Duration watch(Service service) {
    var update = service.getSpec().getUpdateConfig();
    var asked = update == null ? null : update.getMonitor();
    return asked == null || asked == 0 ? USUAL_WATCH : Duration.ofNanos(asked);
  }

  private static String lastError(List<Task> tasks) {
    Optional<String> error =
        tasks.stream()
            .sorted(Comparator.comparing(Task::getUpdatedAt).reversed())
            .map(task -> task.getStatus().getErr())
            .filter(Objects::nonNull)
            .filter(text -> !text.isEmpty())
            .findFirst();
    return error.map(text -> ": " + text).orElse("");
  }
}
