package dev.slipway.deployments.service;

import dev.slipway.activity.Operations;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.logs.Logs;
import dev.slipway.logs.Phase;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells everybody how far a deployment is: its operation, its progress events, its log. */
@Component(service = Ledger.class)
public final class Ledger {
  /** Steps of the operation, numbered from 1. */
  static final List<String> STEPS = List.of("clone", "build", "deploy", "health_check", "route");

  private static final int LONGEST = 2_000;

  private final DeploymentStore deployments;
  private final Events events;
  private final Operations operations;
  private final Logs logs;
  private final Secrets secrets;

  @Activate
  public Ledger(
      @Reference Database database,
      @Reference Events events,
      @Reference Operations operations,
      @Reference Logs logs,
      @Reference Secrets secrets) {
    deployments = new DeploymentStore(database);
    this.events = events;
    this.operations = operations;
    this.logs = logs;
    this.secrets = secrets;
  }

  /** How a progress event ends its phase. */
  enum Mark {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Text of an agent or of ours as it may be shown: secrets masked, of bounded length. */
  public String shown(String text) {
    var masked = secrets.mask(text);
    return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "…";
  }

  /** Opens the operation of a deployment that is about to be stored. */
  public UUID opens(
      Scope scope, UUID appId, UUID deploymentId, boolean rollback, @Nullable UUID startedBy) {
    return operations.start(
        scope,
        new Operations.Draft(
            rollback ? "rollback" : "deploy", "app", appId, deploymentId, STEPS, startedBy));
  }

  public void publish(DeploymentsEvent event) {
    events.publish(event);
  }

  /** It waits for its turn. */
  public void queued(DeploymentRow row) {
    events.publish(
        new DeploymentsEvent.Queued(
            row.tenantId(), row.appId(), row.id(), row.trigger(), row.serverId()));
    progress(row, "queued", Mark.RUNNING, 0, "Queued");
  }

  /** It starts only when somebody agrees. */
  public void held(DeploymentRow row) {
    events.publish(
        new DeploymentsEvent.ApprovalRequired(
            row.tenantId(), row.appId(), row.id(), row.approvalsRequired()));
    progress(row, "queued", Mark.RUNNING, 0, "Waits for an approval");
  }

  /** It can not go on yet. */
  public void waits(Scope scope, DeploymentRow row, String message) {
    progress(row, Stage.DEPLOY.phase, Mark.RUNNING, Stage.DEPLOY.percent, message);
    log(scope, row, StepKind.DEPLOY, message);
  }

  /** A step begins, or begins once more. */
  public void begins(Scope scope, DeploymentRow row, StepRow step, int attempt) {
    var name = step.target() == null ? "" : " " + step.target();
    var again = attempt > 1 ? " once more: the agent's connection was lost" : "";
    var message = step.kind().doing() + name + again;
    var stage = Stage.of(step.kind());
    operations.stepRunning(scope, row.operationId(), stage.number, message);
    progress(row, stage.phase, Mark.RUNNING, stage.percent, message);
    log(scope, row, step.kind(), message);
  }

  /** The last step of a stage is done. */
  public void done(Scope scope, DeploymentRow row, StepRow step) {
    var stage = Stage.of(step.kind());
    if (stage != Stage.RELEASE) {
      // For the operation it is the first part of the start.
      operations.stepDone(scope, row.operationId(), stage.number, null);
    }
    progress(row, stage.phase, Mark.SUCCEEDED, stage.percent, step.kind().doing() + " is done");
  }

  /** Stages that a deployment without a build has not. */
  public void skipsBuild(Scope scope, DeploymentRow row) {
    operations.stepSkipped(scope, row.operationId(), Stage.CLONE.number, "the image exists");
    operations.stepSkipped(scope, row.operationId(), Stage.BUILD.number, "the image exists");
  }

  /** It is over, and it is live. */
  public void succeeded(Scope scope, DeploymentRow row, String message) {
    operations.succeed(scope, row.operationId());
    progress(row, "done", Mark.SUCCEEDED, 100, message);
    log(scope, row, StepKind.ROUTE, message);
  }

  /** It is over without being live. */
  public void failed(Scope scope, DeploymentRow row, @Nullable StepRow step, String error) {
    if (step != null) {
      var stage = Stage.of(step.kind());
      operations.stepFailed(scope, row.operationId(), stage.number, error);
      progress(row, stage.phase, Mark.FAILED, stage.percent, error);
    }
    operations.fail(scope, row.operationId(), error);
    progress(row, "done", Mark.FAILED, null, error);
    log(scope, row, step == null ? StepKind.DEPLOY : step.kind(), error);
  }

  /** It was called off. */
  public void cancelled(Scope scope, DeploymentRow row, String reason) {
    operations.cancel(scope, row.operationId(), reason);
    progress(row, "done", Mark.CANCELLED, null, reason);
    log(scope, row, StepKind.DEPLOY, reason);
  }

  private void progress(
      DeploymentRow row, String phase, Mark mark, @Nullable Integer percent, String message) {
    events.publish(
        new DeploymentsEvent.Progress(
            row.tenantId(),
            row.appId(),
            row.id(),
            deployments.nextProgress(row.id()),
            System.currentTimeMillis(),
            phase,
            mark.text(),
            percent,
            message));
  }

  public void log(Scope scope, DeploymentRow row, StepKind kind, String message) {
    var phase = Stage.of(kind).number <= Stage.BUILD.number ? Phase.BUILD : Phase.DEPLOY;
    logs.system(scope, row.appId(), row.id(), phase, message);
  }

  /** What a client sees of the steps. */
  private enum Stage {
    CLONE(1, "clone", 5),
    BUILD(2, "build", 25),
    RELEASE(3, "release", 60),
    DEPLOY(3, "deploy", 65),
    HEALTH(4, "health_check", 80),
    ROUTE(5, "route", 90);

    private final int number;
    private final String phase;
    private final int percent;

    Stage(int number, String phase, int percent) {
      this.number = number;
      this.phase = phase;
      this.percent = percent;
    }

    static Stage of(StepKind kind) {
      return switch (kind) {
        case CLONE -> CLONE;
        case DETECT, BUILD -> BUILD;
        case RELEASE -> RELEASE;
        case DEPLOY, RESTART, STOP, START, LOOK, REMOVE, CLEANUP -> DEPLOY;
        case SERVICES_START, SERVICES_STOP, SERVICES_RESTART -> DEPLOY;
        case HEALTH, PROCESS, SETTLE, ALIVE, KEEP -> HEALTH;
        case ROUTE, SHIFT, WATCH, GATE, UNROUTE, UNPROXY -> ROUTE;
      };
    }
  }

  /** Whether no later step of the plan belongs to the same stage. */
  public static boolean endsStage(StepRow step, List<StepRow> plan) {
    return plan.stream()
        .noneMatch(
            other ->
                other.position() > step.position()
                    && Stage.of(other.kind()) == Stage.of(step.kind()));
  }
}
