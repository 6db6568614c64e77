package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.engine.Watch;
import dev.slipway.deployments.health.Gate;
import dev.slipway.deployments.health.Limits;
import dev.slipway.deployments.health.Scoring;
import dev.slipway.deployments.health.Vitals;
import dev.slipway.deployments.service.Amount;
import dev.slipway.deployments.service.CurrentVersion;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.rollout.Measures.Span;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import dev.slipway.deployments.store.rollout.RolloutRunRow;
import dev.slipway.deployments.store.rollout.RolloutStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Watches new versions while they have requests. A gate that fails ends the watch at once; one that
 * holds is passed only when the agent has told of the whole time.
 */
@Component(service = Watch.class)
public final class Gates implements Watch {
  /** How far back the version before is looked at. */
  private static final Duration BEFORE = Duration.ofHours(1);

  /** After a heartbeat, until its numbers can be read. */
  private static final Duration WRITTEN = Duration.ofSeconds(3);

  private final DeploymentStore deployments;
  private final RolloutStore rollouts;
  private final CurrentVersion current;
  private final Measures measures;
  private final Scores scores;
  private final ScriptGate scripts;
  private final Fleet fleet;
  private final Ledger ledger;

  @Activate
  public Gates(
      @Reference Database database,
      @Reference Measures measures,
      @Reference Scores scores,
      @Reference ScriptGate scripts,
      @Reference Fleet fleet,
      @Reference Ledger ledger) {
    deployments = new DeploymentStore(database);
    rollouts = new RolloutStore(database);
    current = new CurrentVersion(database);
    this.measures = measures;
    this.scores = scores;
    this.scripts = scripts;
    this.fleet = fleet;
    this.ledger = ledger;
  }

  @Override
  public Instant begin(Scope scope, StepRow step) {
    ledger.begins(scope, require(step.runId()), step, 1);
    return Times.now().plus(Amount.time(step));
  }

  @Override
  public boolean isOver(Scope scope, StepRow step, List<StepRow> plan) {
    if (step.kind() == StepKind.SETTLE) {
      return !Times.now().isBefore(Objects.requireNonNull(step.deadlineAt()));
    }
    var row = require(step.runId());
    var rollout = rollouts.run(row.id()).orElseThrow();
    var now = Times.now();
    var span = new Span(firstRequest(step, plan), now);
    judge(scope, row, rollout, span, hasAll(plan));
    var until = Objects.requireNonNull(step.deadlineAt());
    if (now.isBefore(until)) {
      return false;
    }
    var told = hasTold(scope, row, new Span(until, now));
    if (told && isPassed(scope, row, rollout, step)) {
      return true;
    }
    var since = told ? asked(rollout, step) : until;
    if (since != null && now.isAfter(since.plus(step.kind().limit()))) {
      throw DeploymentsError.GATE_FAILED.of(
          told ? "no script has decided in time" : "the agent has sent no measurements");
    }
    return false;
  }

  /** Whether nobody's scripts hold it; those that have not spoken yet are asked to. */
  private boolean isPassed(Scope scope, DeploymentRow row, RolloutRunRow rollout, StepRow step) {
    if (!scripts.isAttached(row.tenantId())) {
      return true;
    }
    if (!Objects.equals(rollout.askedStep(), step.position())) {
      rollouts.ask(row.id(), step.position());
      return false;
    }
    var answer = rollout.answer();
    if (answer != null && !answer.isEmpty()) {
      broken(scope, row, rollout, answer);
    }
    return answer != null;
  }

  /** Since when scripts could have decided; null while those of others keep them from it. */
  private static @Nullable Instant asked(RolloutRunRow rollout, StepRow step) {
    return Objects.equals(rollout.askedStep(), step.position()) ? rollout.askedAt() : null;
  }

  /** When the new version may have got its first request. */
  private static Instant firstRequest(StepRow step, List<StepRow> plan) {
    return plan.stream()
        .filter(other -> other.kind() == StepKind.SHIFT || other.kind() == StepKind.ROUTE)
        .map(StepRow::startedAt)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> Objects.requireNonNull(step.startedAt()));
  }

  /** Whether no request goes to the version before any more. */
  private static boolean hasAll(List<StepRow> plan) {
    return plan.stream()
        .anyMatch(step -> step.kind() == StepKind.ROUTE && step.status() == StepStatus.SUCCEEDED);
  }

  /** Whether the agent was heard after that time, and what it told then can be read. */
  private boolean hasTold(Scope scope, DeploymentRow row, Span after) {
    return fleet
        .servers()
        .find(scope, row.serverId())
        .map(found -> found.lastHeartbeatAt())
        .filter(heard -> heard.isAfter(after.from()))
        .filter(
            heard -> after.to().isAfter(heard.plus(WRITTEN)) || measures.hasAny(scope, row, after))
        .isPresent();
  }

  private void judge(
      Scope scope, DeploymentRow row, RolloutRunRow rollout, Span span, boolean alone) {
    var limits =
        new Limits(
            rollout.minHealthScore(), rollout.maxErrorRatePercent(), rollout.maxLatencyP95Ms());
    var before =
        current
            .of(row.place())
            .filter(old -> old.serverId().equals(row.serverId()))
            .map(old -> measures.vitals(scope, old, earlier(span, alone), alone))
            .orElse(Vitals.NONE);
    var vitals = measures.vitals(scope, row, span, alone);
    var score = Scoring.of(vitals, before, limits);
    scores.keep(row, score, Duration.between(span.from(), span.to()));
    var breaches = Gate.breaches(vitals, score, limits);
    if (!breaches.isEmpty()) {
      broken(scope, row, rollout, String.join("; ", breaches));
    }
  }

  /** While the two share the requests both are told of at the same time. */
  private static Span earlier(Span span, boolean alone) {
    return new Span(span.from().minus(BEFORE), alone ? span.from() : span.to());
  }

  private void broken(Scope scope, DeploymentRow row, RolloutRunRow rollout, String why) {
    if (rollout.autoRollback()) {
      publish(row, why, true);
      throw DeploymentsError.GATE_FAILED.of(why);
    }
    if (rollouts.breach(row.id(), why)) {
      publish(row, why, false);
      var note = "Gate failed: " + why + "; the policy lets it go on";
      ledger.log(scope, row, StepKind.WATCH, note);
    }
  }

  private void publish(DeploymentRow row, String why, boolean rollsBack) {
    ledger.publish(
        new DeploymentsEvent.GateFailed(row.tenantId(), row.appId(), row.id(), why, rollsBack));
  }

  private DeploymentRow require(UUID id) {
    return deployments.find(id).orElseThrow();
  }
}
