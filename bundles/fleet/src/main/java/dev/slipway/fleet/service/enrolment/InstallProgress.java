package dev.slipway.fleet.service.enrolment;

import dev.slipway.fleet.store.server.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the last installation of a server's agent got, by what was heard of it. */
public record InstallProgress(State state, List<Step> steps) {
  /** An agent that was installed and is not heard after this long did not come up. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Of the whole. */
  public enum State {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED
  }

  /** Of a step. */
  public enum StepStatus {
    PENDING,
    RUNNING,
    DONE,
    FAILED,
    SKIPPED
  }

  /** One step. */
  public record Step(
      String key,
      String label,
      StepStatus status,
      @Nullable String message,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}

  private record Plan(String key, String label, @Nullable Instant finishedAt) {}

  public static InstallProgress of(Condition condition, Instant now) {
    var registered = condition.registeredAt();
    var plans =
        List.of(
            new Plan("register", "Register the machine", registered),
            new Plan("heartbeat", "Hear the agent", condition.firstHeartbeatAt()),
            new Plan("stream", "Open its command stream", condition.firstOnlineAt()));
    var late = registered != null && now.isAfter(registered.plus(PATIENCE));
    var steps = new ArrayList<Step>();
    @Nullable Instant started = null;
    var reached = true;
    for (var plan : plans) {
      var status = status(plan, reached && registered != null, late);
      steps.add(step(plan, status, started));
      reached &= plan.finishedAt() != null;
      started = plan.finishedAt();
    }
    return new InstallProgress(state(registered, reached, late), steps);
  }

  private static StepStatus status(Plan plan, boolean current, boolean late) {
    if (plan.finishedAt() != null) {
      return StepStatus.DONE;
    }
    if (!current) {
      return StepStatus.PENDING;
    }
    return late ? StepStatus.FAILED : StepStatus.RUNNING;
  }

  private static Step step(Plan plan, StepStatus status, @Nullable Instant started) {
    var message =
        status == StepStatus.FAILED
            ? "nothing was heard within " + PATIENCE.toMinutes() + " minutes"
            : null;
    return new Step(plan.key(), plan.label(), status, message, started, plan.finishedAt());
  }

  private static State state(@Nullable Instant registered, boolean complete, boolean late) {
    if (registered == null) {
      return State.PENDING;
    }
    if (complete) {
      return State.COMPLETED;
    }
    return late ? State.FAILED : State.RUNNING;
  }
}
