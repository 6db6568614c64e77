package dev.slipway.deployments.store.approval;

import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Approval policies of apps and the votes on deployments; every call needs a unit of work. */
public final class ApprovalStore {
  private final PolicyMapper policies;
  private final ApprovalMapper votes;

  public ApprovalStore(Database database) {
    policies = database.mapper(PolicyMapper.class);
    votes = database.mapper(ApprovalMapper.class);
  }

  /** The policy of an app; empty where none was ever set. */
  public Optional<PolicyRow> policy(UUID appId) {
    return Optional.ofNullable(policies.ofApp(appId));
  }

  /** Sets the policy of an app; the app's gate must be held. */
  public void put(PolicyRow row) {
    if (policies.update(row) == 0) {
      policies.insert(row);
    }
  }

  /** The votes on a deployment, oldest first. */
  public List<ApprovalRow> votes(UUID deploymentId) {
    return votes.ofDeployment(deploymentId);
  }

  /** Counts a vote in place of an earlier one of the same user. */
  public void vote(ApprovalRow row) {
    votes.withdraw(row.deploymentId(), row.userId());
    votes.insert(row);
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    policies.deleteOfApp(appId);
    votes.deleteOfApp(appId);
  }
}
