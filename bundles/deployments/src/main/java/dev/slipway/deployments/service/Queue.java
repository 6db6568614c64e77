package dev.slipway.deployments.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes deployments in. One at a time works on an app; of those that wait only the newest is ever
 * started.
 */
@Component(service = Queue.class)
public final class Queue {
  private final Database database;
  private final DeploymentStore deployments;
  private final Apps apps;
  private final Variables variables;
  private final Ledger ledger;
  private final Outcome outcome;
  private final Engine engine;

  @Activate
  public Queue(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Variables variables,
      @Reference Ledger ledger,
      @Reference Outcome outcome,
      @Reference Engine engine) {
    this.database = database;
    deployments = new DeploymentStore(database);
    this.apps = apps;
    this.variables = variables;
    this.ledger = ledger;
    this.outcome = outcome;
    this.engine = engine;
  }

  /** Adds a deployment; it starts as soon as nothing else is done to the app. */
  Deployment add(Scope scope, UUID appId, DeploymentDraft draft) {
    return database.write(
        scope,
        () -> {
          deployments.gate(appId);
          var app = apps.require(scope, appId);
          if (app.status() == AppStatus.DELETING) {
            throw DeploymentsError.APP_DELETING.of();
          }
          var before =
              deployments
                  .unfinished(appId)
                  .map(DeploymentRow::appStatusBefore)
                  .orElse(app.status());
          var row = row(scope, app, draft, before);
          var waiting = deployments.waiting(appId);
          deployments.insert(row);
          waiting.forEach(older -> outcome.superseded(scope, older, row));
          var builds = draft.image() == null;
          var shown = Stages.isWorkedOn(app.status()) ? app.status() : Stages.appStatus(builds);
          if (!apps.statusChanged(scope, appId, shown, null, null)) {
            throw DeploymentsError.APP_DELETING.of();
          }
          ledger.queued(row);
          engine.wake(row.tenantId(), row.id());
          return row.toDeployment();
        });
  }

  /** An earlier version as it was, with the variables that the app has now. */
  DeploymentDraft rollbackDraft(
      DeploymentRow target, UUID serverId, @Nullable String reason, @Nullable UUID createdBy) {
    return new DeploymentDraft(
        serverId,
        DeploymentTrigger.ROLLBACK,
        new Version(target.branch(), target.commitSha(), target.commitMessage()),
        target.image(),
        target.id(),
        reason,
        target.recipe(),
        variables.overrides(target),
        false,
        createdBy);
  }

  private DeploymentRow row(Scope scope, App app, DeploymentDraft draft, AppStatus before) {
    var id = Ids.next();
    var now = Times.now();
    var overrides =
        draft.overrides().isEmpty() ? null : variables.seal(app.tenantId(), id, draft.overrides());
    return new DeploymentRow(
        id,
        app.tenantId(),
        app.id(),
        app.projectId(),
        draft.serverId(),
        DeploymentStatus.PENDING,
        draft.trigger(),
        draft.version().branch(),
        draft.version().commitSha(),
        draft.version().commitMessage(),
        Objects.requireNonNullElseGet(draft.image(), () -> Names.image(app.slug(), id)),
        draft.rollbackOf(),
        draft.reason(),
        null,
        null,
        draft.createdBy(),
        now,
        null,
        null,
        null,
        ledger.opens(scope, app.id(), id, draft.rollbackOf() != null, draft.createdBy()),
        draft.recipe(),
        overrides,
        draft.noCache(),
        null,
        before,
        0,
        now);
  }
}
