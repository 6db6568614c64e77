package dev.slipway.deployments.service.queue;

import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.approval.ApprovalStore;
import dev.slipway.deployments.store.approval.IntentRow;
import dev.slipway.deployments.store.approval.IntentStore;
import dev.slipway.deployments.store.settings.Concurrency;
import dev.slipway.deployments.store.settings.SettingsStore;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes deployments in. One at a time works on a place of an app; the others wait, each with an
 * intent that tells why, and start in the order in which they came. One that somebody must agree to
 * joins the line when that is done.
 */
@Component(service = Queue.class)
public final class Queue {
  private final Database database;
  private final DeploymentStore deployments;
  private final IntentStore intents;
  private final ApprovalStore approvals;
  private final SettingsStore settings;
  private final RunStore runs;
  private final Places places;
  private final Drafts drafts;
  private final Ledger ledger;
  private final Outcome outcome;
  private final Engine engine;

  @Activate
  public Queue(
      @Reference Database database,
      @Reference Places places,
      @Reference Drafts drafts,
      @Reference Ledger ledger,
      @Reference Outcome outcome,
      @Reference Engine engine) {
    this.database = database;
    deployments = new DeploymentStore(database);
    intents = new IntentStore(database);
    approvals = new ApprovalStore(database);
    settings = new SettingsStore(database);
    runs = new RunStore(database);
    this.places = places;
    this.drafts = drafts;
    this.ledger = ledger;
    this.outcome = outcome;
    this.engine = engine;
  }

  /** Adds a deployment; it starts as soon as nothing else is done where it goes. */
  public Deployment add(Scope scope, UUID appId, DeploymentDraft draft) {
    return database.write(
        scope,
        () -> {
          deployments.gate(appId);
          var app = places.apps().require(scope, appId);
          if (app.status() == AppStatus.DELETING) {
            throw DeploymentsError.APP_DELETING.of();
          }
          var place = new Place(appId, draft.environmentId());
          var replaces = replaces(app);
          var before = before(scope, app, place);
          var policy = approvals.policy(appId).orElse(null);
          var hold = Approvers.hold(policy, places.environment(scope, place));
          var reason =
              hold == null ? inTheWay(replaces, place) : IntentRow.Reason.APPROVAL_REQUIRED;
          var row = drafts.row(scope, app, draft, before, reason, hold);
          deployments.insert(row);
          if (reason != null) {
            intents.insert(intent(row, reason, draft.requestedBy()));
          }
          if (hold == null) {
            join(scope, app, replaces, row);
          } else {
            ledger.held(row);
          }
          return row.toDeployment();
        });
  }

  /** Somebody has agreed to a deployment that was held; the gate must be held. */
  public void release(Scope scope, DeploymentRow row, UUID by, @Nullable String comment) {
    var app = places.apps().require(scope, row.appId());
    intents.move(row.id(), IntentRow.Status.APPROVED, by, comment);
    var replaces = replaces(app);
    deployments.began(row.id(), before(scope, app, row.place()));
    var free = inTheWay(replaces, row.place()) == null;
    var to = free ? DeploymentStatus.PENDING : DeploymentStatus.QUEUED;
    join(scope, app, replaces, deployments.move(row, to, null));
  }

  /** Calls off a deployment that has begun; the gate must be held. */
  public void callOff(Scope scope, DeploymentRow row, String reason) {
    engine.abandon(scope, row.id());
    outcome.cancelled(scope, row, reason);
    engine.wakeNext(row.tenantId(), row.appId());
  }

  private void join(Scope scope, App app, boolean replaces, DeploymentRow row) {
    if (replaces) {
      replace(scope, row);
    }
    var builds = Drafts.builds(row);
    var now = status(scope, app, row.place());
    var shown = Places.isWorkedOn(now) ? now : Places.workedOn(builds);
    if (!places.changed(scope, row.place(), shown, null, null)) {
      throw DeploymentsError.APP_DELETING.of();
    }
    ledger.queued(row);
    engine.wake(row.tenantId(), row.id());
  }

  /** Where it stood before anything was done to it. */
  private AppStatus before(Scope scope, App app, Place place) {
    return deployments
        .unfinished(place)
        .map(DeploymentRow::appStatusBefore)
        .orElseGet(() -> status(scope, app, place));
  }

  private AppStatus status(Scope scope, App app, Place place) {
    return place.isProduction()
        ? app.status()
        : places.status(scope, place).orElseThrow(AppsError.ENVIRONMENT_NOT_FOUND::of);
  }

  private boolean replaces(App app) {
    return settings.of(app).concurrency() == Concurrency.CANCEL_PREVIOUS;
  }

  /** Why a deployment has to wait; null where it has not. */
  private IntentRow.@Nullable Reason inTheWay(boolean replaces, Place place) {
    var active = deployments.active(place);
    var inProgress =
        replaces
            ? active.filter(row -> !isReplaceable(row)).isPresent()
            : active.isPresent() || !deployments.waiting(place).isEmpty();
    if (inProgress) {
      return IntentRow.Reason.DEPLOYMENT_IN_PROGRESS;
    }
    return runs.running(place).isPresent() ? IntentRow.Reason.CONCURRENCY : null;
  }

  /**
   * One that is checked is about to get the route: nobody knows where that leads meanwhile. Nor
   * does anybody know what half a release hook leaves to the next one.
   */
  private boolean isReplaceable(DeploymentRow active) {
    return active.status() != DeploymentStatus.HEALTH_CHECKING
        && !(Drafts.releases(active.recipe()) && isReleasing(active.id()));
  }

  private boolean isReleasing(UUID runId) {
    return runs.steps(runId).stream()
        .anyMatch(step -> step.kind() == StepKind.RELEASE && step.status().isOpen());
  }

  private void replace(Scope scope, DeploymentRow by) {
    deployments.ahead(by.place()).stream()
        .filter(older -> older.id().compareTo(by.id()) < 0)
        .forEach(older -> outcome.superseded(scope, older, by));
    deployments
        .active(by.place())
        .filter(this::isReplaceable)
        .ifPresent(
            older -> {
              engine.abandon(scope, older.id());
              outcome.cancelled(scope, older, "a newer deployment takes its place");
            });
  }

  private static IntentRow intent(
      DeploymentRow row, IntentRow.Reason reason, @Nullable UUID requestedBy) {
    return new IntentRow(
        Objects.requireNonNull(row.intentId()),
        row.tenantId(),
        row.appId(),
        row.environmentId(),
        row.id(),
        row.branch(),
        row.commitSha(),
        row.trigger(),
        reason,
        IntentRow.Status.QUEUED,
        null,
        null,
        requestedBy,
        row.createdAt(),
        row.createdAt(),
        0);
  }
}
