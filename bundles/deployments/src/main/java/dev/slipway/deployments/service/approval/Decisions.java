package dev.slipway.deployments.service.approval;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.data.Database;
import dev.slipway.deployments.ApprovalState;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.queue.Approvers;
import dev.slipway.deployments.service.queue.Outcome;
import dev.slipway.deployments.service.queue.Queue;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.approval.ApprovalRow;
import dev.slipway.deployments.store.approval.ApprovalRow.Decision;
import dev.slipway.deployments.store.approval.ApprovalStore;
import dev.slipway.deployments.store.approval.IntentRow;
import dev.slipway.deployments.store.approval.IntentStore;
import dev.slipway.deployments.store.rollout.RolloutStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people decide about deployments that have not begun, and about rollouts that go on. */
@Component(service = Decisions.class)
public final class Decisions {
  private static final String NO_REASON = "no reason was given";

  private final Database database;
  private final DeploymentStore deployments;
  private final IntentStore intents;
  private final ApprovalStore approvals;
  private final RolloutStore rollouts;
  private final Queue queue;
  private final Outcome outcome;
  private final Ledger ledger;

  @Activate
  public Decisions(
      @Reference Database database,
      @Reference Queue queue,
      @Reference Outcome outcome,
      @Reference Ledger ledger) {
    this.database = database;
    deployments = new DeploymentStore(database);
    intents = new IntentStore(database);
    approvals = new ApprovalStore(database);
    rollouts = new RolloutStore(database);
    this.queue = queue;
    this.outcome = outcome;
    this.ledger = ledger;
  }

  /** A deployment with the votes on it, oldest first. */
  public record Voted(Deployment deployment, List<ApprovalRow> votes) {}

  /** Calls off a deployment that has not started, or a rollout that goes on. */
  public Deployment cancel(Caller caller, UUID id, @Nullable String reason) {
    return decide(
        Scope.of(caller),
        id,
        null,
        row -> {
          var why = Objects.requireNonNullElse(reason, "called off by a user");
          if (isRollout(row)) {
            queue.callOff(Scope.of(caller), row, why);
          } else if (row.status().isAhead()) {
            intents.move(id, IntentRow.Status.CANCELLED, caller.userId(), reason);
            outcome.cancelled(Scope.of(caller), row, why);
          } else {
            throw DeploymentsError.NOT_PENDING.of(text(row));
          }
        });
  }

  /** A rollout by a policy may take days, and can be called off all that time. */
  private boolean isRollout(DeploymentRow row) {
    return row.status().isActive() && rollouts.run(row.id()).isPresent();
  }

  /** An admin clears a deployment that is held, whatever the number of votes. */
  public Deployment clear(Caller caller, UUID id, @Nullable String comment) {
    return decide(
        Scope.of(caller),
        id,
        null,
        row -> {
          checkHeld(row);
          var user = caller.requireUser();
          var policy = approvals.policy(row.appId()).orElse(null);
          Approvers.checkSelf(user, policy, requestedBy(row));
          vote(row, user, Decision.APPROVED, comment);
          release(Scope.of(caller), row, user, comment);
        });
  }

  /** An admin turns down a deployment that is held. */
  public Deployment turnDown(Caller caller, UUID id, @Nullable String comment) {
    return decide(
        Scope.of(caller),
        id,
        null,
        row -> {
          checkHeld(row);
          var user = caller.requireUser();
          vote(row, user, Decision.REJECTED, comment);
          outcome.rejected(Scope.of(caller), row, user, reason(comment));
        });
  }

  /** An approver's vote: enough of yes let the deployment start, one no ends it. */
  public Voted vote(
      Caller caller, UUID appId, UUID id, Decision decision, @Nullable String comment) {
    var scope = Scope.of(caller);
    var deployment = decide(scope, id, appId, row -> count(caller, row, decision, comment));
    return new Voted(deployment, database.read(scope, () -> approvals.votes(id)));
  }

  private void count(
      Caller caller, DeploymentRow row, Decision decision, @Nullable String comment) {
    checkHeld(row);
    var policy = approvals.policy(row.appId()).orElse(null);
    Approvers.check(caller, policy, requestedBy(row));
    var user = caller.requireUser();
    vote(row, user, decision, comment);
    if (decision == Decision.REJECTED) {
      outcome.rejected(Scope.of(caller), row, user, reason(comment));
    } else if (agreed(row) >= row.approvalsRequired()) {
      release(Scope.of(caller), row, user, comment);
    }
  }

  private long agreed(DeploymentRow row) {
    return approvals.votes(row.id()).stream()
        .filter(vote -> vote.decision() == Decision.APPROVED)
        .count();
  }

  /** An admin turns down one that waits for its turn. */
  void reject(Scope scope, UUID id, UUID user, @Nullable String comment) {
    decide(scope, id, null, row -> outcome.rejected(scope, row, user, reason(comment)));
  }

  /** Calls off what nobody has agreed to in time. */
  public void expire(UUID tenantId, UUID id) {
    var scope = Scope.tenant(tenantId);
    database.run(
        scope,
        () ->
            gated(id, null)
                .filter(row -> row.status() == DeploymentStatus.AWAITING_APPROVAL)
                .filter(row -> isPast(row.approvalUntil()))
                .ifPresent(
                    row -> {
                      var reason = "nobody agreed to it in time";
                      intents.move(id, IntentRow.Status.EXPIRED, null, reason);
                      outcome.cancelled(scope, row, reason);
                    }));
  }

  private static boolean isPast(@Nullable Instant time) {
    return time != null && time.isBefore(Times.now());
  }

  private Deployment decide(
      Scope scope, UUID id, @Nullable UUID appId, Consumer<DeploymentRow> decision) {
    return database.write(
        scope,
        () -> {
          decision.accept(gated(id, appId).orElseThrow(DeploymentsError.NOT_FOUND::of));
          return deployments.find(id).orElseThrow().toDeployment();
        });
  }

  /** The deployment as it is once nobody else works on its app. */
  private Optional<DeploymentRow> gated(UUID id, @Nullable UUID appId) {
    var found = deployments.find(id).filter(row -> appId == null || row.appId().equals(appId));
    found.ifPresent(row -> deployments.gate(row.appId()));
    return found.flatMap(row -> deployments.find(id));
  }

  private void release(Scope scope, DeploymentRow row, UUID by, @Nullable String comment) {
    deployments.approval(row.id(), ApprovalState.APPROVED);
    ledger.publish(new DeploymentsEvent.Approved(row.tenantId(), row.appId(), row.id(), by));
    queue.release(scope, row, by, comment);
  }

  private void vote(DeploymentRow row, UUID user, Decision decision, @Nullable String comment) {
    approvals.vote(
        new ApprovalRow(
            Ids.next(),
            row.tenantId(),
            row.appId(),
            row.id(),
            user,
            decision,
            comment,
            Times.now()));
  }

  private @Nullable UUID requestedBy(DeploymentRow row) {
    return Optional.ofNullable(row.intentId())
        .flatMap(intent -> intents.find(row.appId(), intent))
        .map(IntentRow::requestedBy)
        .orElse(row.createdBy());
  }

  private static String reason(@Nullable String comment) {
    return "rejected: " + Objects.requireNonNullElse(comment, NO_REASON);
  }

  private static void checkHeld(DeploymentRow row) {
    if (row.status() != DeploymentStatus.AWAITING_APPROVAL) {
      throw DeploymentsError.NOT_HELD.of(text(row));
    }
  }

  private static String text(DeploymentRow row) {
    return row.status().name().toLowerCase(Locale.ROOT);
  }
}
