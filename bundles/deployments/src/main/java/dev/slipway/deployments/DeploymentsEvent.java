package dev.slipway.deployments;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to deployments and source archives. */
public sealed interface DeploymentsEvent extends DomainEvent {
  @Override
  UUID tenantId();

  UUID appId();

  /** Said of a deployment; what is said of one deployment comes in order. */
  sealed interface OfDeployment extends DeploymentsEvent {
    UUID deploymentId();

    @Override
    default UUID subjectId() {
      return deploymentId();
    }
  }

  /** A new deployment that waits for its turn. */
  record Queued(
      UUID tenantId, UUID appId, UUID deploymentId, DeploymentTrigger trigger, UUID serverId)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.queued";
    }
  }

  /** A new deployment that starts only when so many have agreed. */
  record ApprovalRequired(UUID tenantId, UUID appId, UUID deploymentId, int approvals)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.approval_required";
    }
  }

  /**
   * Enough have agreed to it.
   *
   * @param by whose agreement was the last that it needed
   */
  record Approved(UUID tenantId, UUID appId, UUID deploymentId, UUID by) implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.approved";
    }
  }

  /** Somebody turned it down. */
  record Rejected(UUID tenantId, UUID appId, UUID deploymentId, UUID by, String reason)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.rejected";
    }
  }

  /**
   * What must be agreed to before an app's deployments start was changed.
   *
   * @param by null for an API key
   */
  record PolicyChanged(
      UUID tenantId, UUID appId, boolean enabled, int requiredApprovals, @Nullable UUID by)
      implements DeploymentsEvent {
    @Override
    public String type() {
      return "deployments.approval_policy.changed";
    }

    @Override
    public UUID subjectId() {
      return appId;
    }
  }

  /** An app's deployment defaults were changed. */
  record SettingsChanged(UUID tenantId, UUID appId, boolean autoDeploy)
      implements DeploymentsEvent {
    @Override
    public String type() {
      return "deployments.settings.changed";
    }

    @Override
    public UUID subjectId() {
      return appId;
    }
  }

  /** A secret address was made that starts deployments. */
  record HookCreated(UUID tenantId, UUID appId, UUID hookId, String name)
      implements DeploymentsEvent {
    @Override
    public String type() {
      return "deployments.hook.created";
    }

    @Override
    public UUID subjectId() {
      return appId;
    }
  }

  /** A hook leads nowhere from now on. */
  record HookDeleted(UUID tenantId, UUID appId, UUID hookId) implements DeploymentsEvent {
    @Override
    public String type() {
      return "deployments.hook.deleted";
    }

    @Override
    public UUID subjectId() {
      return appId;
    }
  }

  /** How versions of an app are rolled out was changed; null = as usual again. */
  record RolloutChanged(UUID tenantId, UUID appId, @Nullable String strategy)
      implements DeploymentsEvent {
    @Override
    public String type() {
      return "deployments.rollout.changed";
    }

    @Override
    public UUID subjectId() {
      return appId;
    }
  }

  /**
   * A build has ended.
   *
   * @param outcome SUCCEEDED or FAILED
   */
  record BuildRecorded(
      UUID tenantId, UUID appId, UUID deploymentId, UUID buildId, String release, String outcome)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.build.recorded";
    }
  }

  /** Its first step begins. */
  record Started(
      UUID tenantId, UUID appId, UUID deploymentId, DeploymentTrigger trigger, UUID serverId)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.started";
    }
  }

  /** It is live. */
  record Succeeded(
      UUID tenantId,
      UUID appId,
      UUID deploymentId,
      DeploymentTrigger trigger,
      UUID serverId,
      @Nullable String commitSha,
      @Nullable String image,
      @Nullable String url)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.succeeded";
    }
  }

  /** It ended without being live. */
  record Failed(
      UUID tenantId, UUID appId, UUID deploymentId, DeploymentTrigger trigger, String error)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.failed";
    }
  }

  /**
   * A version that has requests does not keep to its rollout policy.
   *
   * @param gate what it does not keep to
   * @param rollsBack whether all requests go back to the version before; else it goes on
   */
  record GateFailed(UUID tenantId, UUID appId, UUID deploymentId, String gate, boolean rollsBack)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.gate_failed";
    }
  }

  /** It was called off. */
  record Cancelled(UUID tenantId, UUID appId, UUID deploymentId, String reason)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.cancelled";
    }
  }

  /** It was live, and the app went back to another version. */
  record RolledBack(UUID tenantId, UUID appId, UUID deploymentId, UUID byDeploymentId)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.rolled_back";
    }
  }

  /** A newer one took its place. */
  record Superseded(UUID tenantId, UUID appId, UUID deploymentId, UUID byDeploymentId)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.superseded";
    }
  }

  /**
   * How far it is.
   *
   * @param seq counts from 1 in each deployment
   * @param ts Unix milliseconds
   * @param phase queued, clone, build, release, deploy, health_check, route or done
   * @param status running, succeeded, failed or cancelled
   */
  record Progress(
      UUID tenantId,
      UUID appId,
      UUID deploymentId,
      int seq,
      long ts,
      String phase,
      String status,
      @Nullable Integer percent,
      String message)
      implements OfDeployment {
    @Override
    public String type() {
      return "deployments.deployment.progress";
    }
  }

  /** A folder was uploaded as the app's next source version. */
  record ArchiveReceived(
      UUID tenantId, UUID appId, UUID archiveId, String commitSha, int files, long sizeBytes)
      implements DeploymentsEvent {
    @Override
    public String type() {
      return "deployments.archive.received";
    }

    @Override
    public UUID subjectId() {
      return appId;
    }
  }
}
