package dev.slipway.deployments;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;

/** What becomes of pushes that lead to no deployment. */
public sealed interface PushEvent extends DomainEvent {
  @Override
  UUID tenantId();

  UUID appId();

  @Override
  default UUID subjectId() {
    return appId();
  }

  /** The app's rule for automatic deployments left it out. */
  record Skipped(UUID tenantId, UUID appId, String branch, String commitSha, String reason)
      implements PushEvent {
    @Override
    public String type() {
      return "deployments.push.skipped";
    }
  }

  /** It was to be deployed and could not be. */
  record Refused(UUID tenantId, UUID appId, String branch, String commitSha, String reason)
      implements PushEvent {
    @Override
    public String type() {
      return "deployments.push.refused";
    }
  }
}
