package dev.slipway.agent.runtime.process;

import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.RestartPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an instance on disk: enough to start it again after a restart of the agent or the
 * host. The file holds the app's environment, so only the agent's user may read it.
 *
 * @param wanted whether it should run
 */
record InstanceRecord(String id, Spec spec, boolean wanted, int port, History history) {

  /**
   * @param volumes names of those that it uses
   * @param process which of the app's processes it is, may be empty
   */
  record Spec(
      String name,
      String image,
      String slug,
      String command,
      Map<String, String> environment,
      DeployOrder.Limits limits,
      RestartPolicy restart,
      @Nullable List<String> volumes,
      @Nullable String process) {
    Spec {
      // Records of earlier agents say nothing about these.
      process = Objects.requireNonNullElse(process, "");
      volumes = List.copyOf(Objects.requireNonNullElse(volumes, List.of()));
    }

    /** The same, started again whenever it ends. */
    Spec kept() {
      return new Spec(
          name,
          image,
          slug,
          command,
          environment,
          limits,
          RestartPolicy.UNLESS_STOPPED,
          volumes,
          process);
    }

    boolean uses(String volume) {
      return Objects.requireNonNull(volumes).contains(volume);
    }
  }

  /**
   * @param restarts since the deployment or the last start by command
   * @param startedAt RFC 3339, empty before the first start
   * @param finishedAt RFC 3339, empty before the first end
   */
  record History(
      int restarts,
      int exitCode,
      String exitReason,
      boolean outOfMemory,
      String startedAt,
      String finishedAt) {
    static final History NONE = new History(0, 0, "", false, "", "");

    History started(String at) {
      return new History(restarts, exitCode, exitReason, outOfMemory, at, finishedAt);
    }

    History ended(int code, String reason, boolean memory, String at) {
      return new History(restarts, code, reason, memory, startedAt, at);
    }

    History restarted() {
      return new History(restarts + 1, exitCode, exitReason, outOfMemory, startedAt, finishedAt);
    }
  }

  InstanceRecord wanted(boolean run) {
    return new InstanceRecord(id, spec, run, port, history);
  }

  /** It is started by command, and from then on whenever it ends. */
  InstanceRecord started() {
    return new InstanceRecord(id, spec.kept(), true, port, history);
  }

  InstanceRecord at(int newPort) {
    return new InstanceRecord(id, spec, wanted, newPort, history);
  }

  InstanceRecord with(History newHistory) {
    return new InstanceRecord(id, spec, wanted, port, newHistory);
  }
}
