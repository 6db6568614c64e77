package dev.slipway.deployments.store;

import dev.slipway.fleet.CommandType;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a step does: the command behind it, how long that may take with the wait for the agent, and
 * what is done about it when the agent's connection was lost meanwhile.
 */
public enum StepKind {
  // The agent gives up earlier: clone 10 min, build 30, pull 15 and start, health check 1.
  CLONE(CommandType.APP_CLONE, 15, Loss.AGAIN, "Cloning the source", "Clone failed"),
  DETECT(
      CommandType.APP_DETECT_FRAMEWORK, 3, Loss.AGAIN, "Looking at the source", "Detection failed"),
  BUILD(CommandType.APP_BUILD, 40, Loss.AGAIN, "Building", "Build failed"),
  /**
   * Commands of the app's own, once in the new version before any of it starts. The time that they
   * may take comes to this one, in which the image is pulled.
   */
  RELEASE(
      CommandType.RUN_RELEASE_HOOK,
      20,
      Loss.END,
      "Running the release hook",
      "Release hook failed"),
  DEPLOY(CommandType.APP_DEPLOY, 20, Loss.PROBE, "Starting", "Start failed"),
  HEALTH(CommandType.APP_DEPLOY, 5, Loss.AGAIN, "Checking health", "Health check failed"),
  ROUTE(CommandType.ROUTE_ADD, 3, Loss.AGAIN, "Routing", "Route failed"),
  /** A share of the requests goes to the new version. */
  SHIFT(CommandType.ROUTE_ADD, 3, Loss.AGAIN, "Shifting requests to", "Shift failed"),
  /** The new version is watched for a time; has no command. */
  WATCH(null, 2, Loss.AGAIN, "Watching for", "Gate failed"),
  /** Its health is checked once more, now that it has requests. */
  GATE(CommandType.APP_DEPLOY, 5, Loss.AGAIN, "Checking the gate of", "Gate failed"),
  /** An instance of a process that answers no requests starts, and is not restarted yet. */
  PROCESS(CommandType.APP_DEPLOY, 20, Loss.PROBE, "Starting", "Start failed"),
  /** The processes run for their grace time; has no command. */
  SETTLE(null, 2, Loss.AGAIN, "Letting the processes run for", "Process failed"),
  /** One look whether an instance of a process still runs. */
  ALIVE(CommandType.WAIT_FOR_HEALTHY, 3, Loss.AGAIN, "Looking at", "Process failed"),
  /** From now on it is restarted whenever it ends. */
  KEEP(CommandType.SERVICE_START, 5, Loss.AGAIN, "Keeping", "Process failed"),
  RESTART(CommandType.SERVICE_RESTART, 5, Loss.AGAIN, "Restarting", "Restart failed"),
  STOP(CommandType.SERVICE_STOP, 5, Loss.AGAIN, "Stopping", "Stop failed"),
  START(CommandType.SERVICE_START, 5, Loss.AGAIN, "Starting", "Start failed"),
  /** One look whether an instance has ended, as it was told to. */
  LOOK(CommandType.WAIT_FOR_HEALTHY, 3, Loss.AGAIN, "Looking", "The app did not stop"),
  /** The services of a Compose file that answer no requests; so too the two after it. */
  SERVICES_START(
      CommandType.COMPOSE_UP, 30, Loss.AGAIN, "Starting the services of", "Start failed"),
  SERVICES_STOP(
      CommandType.COMPOSE_DOWN, 10, Loss.AGAIN, "Stopping the services of", "Stop failed"),
  SERVICES_RESTART(
      CommandType.COMPOSE_RESTART, 10, Loss.AGAIN, "Restarting the services of", "Restart failed"),
  UNROUTE(CommandType.ROUTE_REMOVE, 5, Loss.AGAIN, "Removing a route", "Route not removed"),
  UNPROXY(CommandType.APP_PROXY_REMOVE, 5, Loss.AGAIN, "Removing a route", "Route not removed"),
  REMOVE(CommandType.APP_STOP, 5, Loss.AGAIN, "Removing a container", "Container not removed"),
  CLEANUP(CommandType.APP_CLEANUP, 10, Loss.AGAIN, "Cleaning up", "Cleanup failed");

  private final @Nullable CommandType command;
  private final Duration limit;
  private final Loss loss;
  private final String doing;
  private final String failed;

  StepKind(@Nullable CommandType command, int minutes, Loss loss, String doing, String failed) {
    this.command = command;
    this.limit = Duration.ofMinutes(minutes);
    this.loss = loss;
    this.doing = doing;
    this.failed = failed;
  }

  /** The command, of a kind that has one. */
  public CommandType command() {
    return Objects.requireNonNull(command, name());
  }

  /** Whether it waits for a time instead of an agent. */
  public boolean isTimed() {
    return command == null;
  }

  /** Longest time from submission to the end; of one without a command, past its time. */
  public Duration limit() {
    return limit;
  }

  /**
   * Whether a look at the container decides after a lost connection; else it is simply repeated.
   */
  public boolean isProbed() {
    return loss == Loss.PROBE;
  }

  /** Whether it may be done once more where nobody knows what became of it. */
  public boolean isRepeated() {
    return loss != Loss.END;
  }

  /** For people, while it goes on. */
  public String doing() {
    return doing;
  }

  /** For people, in front of the reason. */
  public String failed() {
    return failed;
  }

  private enum Loss {
    AGAIN,
    PROBE,
    END
  }
}
