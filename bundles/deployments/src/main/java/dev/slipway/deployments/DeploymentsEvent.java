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
