package dev.slipway.deployments.engine;

import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.StepRule.Verdict;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries runs on: looks how the command that is out has ended, decides, and submits the next one
 * in the same unit of work. Called as often as anybody likes; a call that finds nothing new changes
 * nothing.
 */
@Component(service = Engine.class)
public final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** Name under which the commands go. */
  public static final String OWNER = "deployments";

  /** Fleet ends every command at its deadline; this is for the case that it does not. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private static final Duration PROBE_LIMIT = Duration.ofMinutes(3);

  private final Database database;
  private final DeploymentStore deployments;
  private final RunStore runs;
  private final Fleet fleet;
  private final Patience patience;
  private final Json json;
  private final StepRule rule;
  private final List<Course> courses;
  private final Watch watch;

  /** Made by the component runtime. */
  @Activate
  public Engine(
      @Reference Database database,
      @Reference Fleet fleet,
      @Reference Json json,
      @Reference(target = "(run=deployment)") Course deploymentCourse,
      @Reference(target = "(run=action)") Course actionCourse,
      @Reference Watch watch) {
    this(database, fleet, json, List.of(deploymentCourse, actionCourse), watch);
  }

  /** Of these kinds of work. */
  Engine(Database database, Fleet fleet, Json json, List<Course> courses, Watch watch) {
    this.database = database;
    deployments = new DeploymentStore(database);
    runs = new RunStore(database);
    this.fleet = fleet;
    patience = new Patience(fleet);
    this.json = json;
    rule = new StepRule(json);
    this.courses = List.copyOf(courses);
    this.watch = watch;
  }

  /** Looks at a run and does what is next; unknown and finished ones are left alone. */
  public void advance(UUID tenantId, UUID runId) {
    var scope = Scope.tenant(tenantId);
    database.run(scope, () -> advance(scope, tenantId, runId));
  }

  private void advance(Scope scope, UUID tenantId, UUID runId) {
    for (var course : courses) {
      var app = course.enter(runId);
      if (app.isPresent()) {
        if (!course.ready(scope, runId)) {
          wakeAction(tenantId, app.get(), runId);
        } else if (!carryOn(scope, runId, course)) {
          wakeNext(tenantId, app.get());
        }
        return;
      }
    }
  }

  /**
   * Looks at a run once the current unit of work has committed. A failure is not the caller's: the
   * sweep comes by again.
   */
  public void wake(UUID tenantId, UUID runId) {
    database.afterCommit(
        () -> {
          try {
            advance(tenantId, runId);
          } catch (RuntimeException failure) {
            LOG.warn("run {} was not carried on; it will be tried again", runId, failure);
          }
        });
  }

  /** Stops what the agent does for a run that somebody ends; the gate must be held. */
  public void abandon(Scope scope, UUID runId) {
    for (var step : runs.steps(runId)) {
      var command = step.commandId();
      if (command != null && step.status().isOpen()) {
        fleet.commands().cancel(scope, command);
      }
    }
  }

  /** The way is free for what waits. */
  public void wakeNext(UUID tenantId, UUID appId) {
    runs.runningOfApp(appId).forEach(action -> wake(tenantId, action.id()));
    deployments.nextOfApp(appId).forEach(row -> wake(tenantId, row.id()));
  }

  /** Something has gone from a server that a deployment there may wait for. */
  public void wakeOn(Scope scope, UUID serverId) {
    database.run(
        scope, () -> deployments.activeOn(serverId).forEach(row -> wake(row.tenantId(), row.id())));
  }

  /** What is over, or waits, is so for the sake of an action, which may wait for it in turn. */
  private void wakeAction(UUID tenantId, UUID appId, UUID than) {
    runs.runningOfApp(appId).stream()
        .filter(action -> !action.id().equals(than))
        .forEach(action -> wake(tenantId, action.id()));
  }

  /** Whether there is more to come. */
  private boolean carryOn(Scope scope, UUID runId, Course course) {
    // Changed on the way: a later step reads what an earlier one has found.
    var plan = new ArrayList<>(runs.steps(runId));
    for (var step : plan) {
      var next =
          switch (step.status()) {
            case SUCCEEDED, PASSED -> Next.STEP;
            case PENDING -> begin(scope, course, step, 1, plan);
            case RUNNING, PROBING -> look(scope, course, step, plan);
            case FAILED -> {
              var error = Objects.requireNonNullElse(step.error(), "failed");
              course.fail(scope, runId, step, error, plan);
              yield Next.OVER;
            }
          };
      if (next != Next.STEP) {
        return next == Next.WAIT;
      }
    }
    return end(scope, course, runId, plan);
  }

  private boolean end(Scope scope, Course course, UUID runId, List<StepRow> plan) {
    try {
      course.succeed(scope, runId);
    } catch (PlatformException refused) {
      course.fail(scope, runId, plan.getLast(), refused.getMessage(), plan);
    }
    return false;
  }

  /** What follows a look at a step. */
  private enum Next {
    STEP,
    WAIT,
    OVER
  }

  private Next begin(Scope scope, Course course, StepRow step, int attempt, List<StepRow> plan) {
    if (step.kind().isTimed()) {
      var waiting = step.waits(watch.begin(scope, step), Times.now());
      runs.update(waiting);
      plan.set(step.position() - 1, waiting);
      return look(scope, course, waiting, plan);
    }
    try {
      if (!course.isFree(scope, step.runId(), step)) {
        return Next.WAIT;
      }
      var order = course.order(scope, step.runId(), step, attempt, plan);
      submit(scope, step, StepStatus.RUNNING, attempt, order);
      return Next.WAIT;
    } catch (PlatformException refused) {
      return failed(scope, course, step, refused.getMessage(), plan);
    }
  }

  private void submit(Scope scope, StepRow step, StepStatus as, int attempt, CommandRequest order) {
    var now = Times.now();
    var command = fleet.commands().submit(scope, order);
    runs.update(step.begun(as, attempt, command.id(), now.plus(order.timeout()).plus(GRACE), now));
  }

  private Next look(Scope scope, Course course, StepRow step, List<StepRow> plan) {
    if (step.kind().isTimed()) {
      return watch(scope, course, step, plan);
    }
    var found = fleet.commands().find(scope, Objects.requireNonNull(step.commandId()));
    if (found.isEmpty()) {
      return failed(scope, course, step, "its command is gone", plan);
    }
    var command = found.get();
    if (!command.status().isFinal()) {
      var hopeless = patience.lost(scope, step, command);
      if (hopeless != null) {
        fleet.commands().cancel(scope, command.id());
        return failed(scope, course, step, hopeless, plan);
      }
      return Next.WAIT;
    }
    return switch (rule.of(step, command)) {
      case Verdict.Done done ->
          over(scope, course, step, StepStatus.SUCCEEDED, done.result(), null, plan);
      case Verdict.Passed passed ->
          course.canPass(scope, step)
              ? over(scope, course, step, StepStatus.PASSED, null, passed.error(), plan)
              : failed(scope, course, step, passed.error(), plan);
      case Verdict.Failed failed -> failed(scope, course, step, failed.error(), plan);
      case Verdict.Again again -> begin(scope, course, step, step.attempt() + 1, plan);
      case Verdict.Probe probe -> probe(scope, course, step, plan);
    };
  }

  private Next watch(Scope scope, Course course, StepRow step, List<StepRow> plan) {
    try {
      return watch.isOver(scope, step, plan)
          ? over(scope, course, step, StepStatus.SUCCEEDED, null, null, plan)
          : Next.WAIT;
    } catch (PlatformException refused) {
      return failed(scope, course, step, refused.getMessage(), plan);
    }
  }

  private Next over(
      Scope scope,
      Course course,
      StepRow step,
      StepStatus as,
      @Nullable String result,
      @Nullable String error,
      List<StepRow> plan) {
    var ended = step.ended(as, result, error, Times.now());
    runs.update(ended);
    plan.set(step.position() - 1, ended);
    try {
      course.done(scope, step.runId(), ended, plan);
    } catch (PlatformException refused) {
      return failed(scope, course, step, refused.getMessage(), plan);
    }
    return Next.STEP;
  }

  private Next failed(Scope scope, Course course, StepRow step, String error, List<StepRow> plan) {
    var ended = step.ended(StepStatus.FAILED, null, error, Times.now());
    runs.update(ended);
    course.fail(scope, step.runId(), ended, error, plan);
    return Next.OVER;
  }

  private Next probe(Scope scope, Course course, StepRow step, List<StepRow> plan) {
    var payload = Map.of("container_name", step.requireTarget(), "condition", "started");
    var order =
        CommandRequest.of(
                step.serverId(),
                CommandType.WAIT_FOR_HEALTHY,
                json.write(payload),
                OWNER,
                PROBE_LIMIT)
            .once(key(step, step.attempt()) + "/probe");
    try {
      submit(scope, step, StepStatus.PROBING, step.attempt(), order);
      return Next.WAIT;
    } catch (PlatformException refused) {
      return failed(scope, course, step, refused.getMessage(), plan);
    }
  }

  /** Key of the command of one attempt at one step. */
  public static String key(StepRow step, int attempt) {
    return step.runId() + "/" + step.position() + "-" + step.kind() + "/" + attempt;
  }
}
