package dev.slipway.deployments.service.approval;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.approval.ApprovalStore;
import dev.slipway.deployments.store.approval.PolicyRow;
import java.util.Locale;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Approval policies of apps. */
@Component(service = PolicyService.class)
public final class PolicyService {
  private final Database database;
  private final DeploymentStore deployments;
  private final ApprovalStore approvals;
  private final Apps apps;
  private final Events events;

  @Activate
  public PolicyService(
      @Reference Database database, @Reference Apps apps, @Reference Events events) {
    this.database = database;
    deployments = new DeploymentStore(database);
    approvals = new ApprovalStore(database);
    this.apps = apps;
    this.events = events;
  }

  /** Sets the policy of an app; deployments that are held already keep what they were told. */
  public PolicyRow set(Caller caller, UUID appId, PolicyDraft draft) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          deployments.gate(appId);
          apps.require(scope, appId);
          var id = approvals.policy(appId).map(PolicyRow::id).orElseGet(Ids::next);
          var row = row(caller, appId, id, draft);
          approvals.put(row);
          events.publish(
              new DeploymentsEvent.PolicyChanged(
                  row.tenantId(), appId, row.enabled(), row.requiredApprovals(), row.updatedBy()));
          return row;
        });
  }

  private static PolicyRow row(Caller caller, UUID appId, UUID id, PolicyDraft draft) {
    return new PolicyRow(
        id,
        caller.tenantId(),
        appId,
        draft.enabled(),
        draft.environments(),
        draft.requiredApprovals(),
        draft.approverRoles().stream()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .distinct()
            .toList(),
        draft.approverUserIds().stream().map(UUID::toString).distinct().toList(),
        draft.allowSelfApproval(),
        draft.expiresAfterMinutes(),
        caller.userId(),
        Times.now());
  }
}
