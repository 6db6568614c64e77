package dev.slipway.deployments;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to previews of pull requests. */
public sealed interface PreviewEvent extends DomainEvent {
  @Override
  UUID tenantId();

  UUID appId();

  int pullRequestNumber();

  @Override
  default UUID subjectId() {
    return appId();
  }

  /** A pull request gets an environment of its own. */
  record Opened(
      UUID tenantId,
      UUID appId,
      int pullRequestNumber,
      UUID previewId,
      UUID environmentId,
      String branch,
      boolean fork)
      implements PreviewEvent {
    @Override
    public String type() {
      return "deployments.preview.opened";
    }
  }

  /** A new commit of the pull request is deployed. */
  record Updated(
      UUID tenantId,
      UUID appId,
      int pullRequestNumber,
      UUID previewId,
      String commitSha,
      UUID deploymentId)
      implements PreviewEvent {
    @Override
    public String type() {
      return "deployments.preview.updated";
    }
  }

  /**
   * It is closed, and its environment gone.
   *
   * @param by null where nobody in particular did it
   */
  record Closed(
      UUID tenantId,
      UUID appId,
      int pullRequestNumber,
      UUID previewId,
      String reason,
      @Nullable UUID by)
      implements PreviewEvent {
    @Override
    public String type() {
      return "deployments.preview.closed";
    }
  }

  /** A pull request gets no preview, or its preview not the new commit. */
  record Refused(UUID tenantId, UUID appId, int pullRequestNumber, String reason)
      implements PreviewEvent {
    @Override
    public String type() {
      return "deployments.preview.refused";
    }
  }

  /** What previews an app may have was changed. */
  record RulesChanged(UUID tenantId, UUID appId, int most, String forks, @Nullable UUID by)
      implements DomainEvent {
    @Override
    public String type() {
      return "deployments.preview_rules.changed";
    }

    @Override
    public UUID subjectId() {
      return appId;
    }
  }
}
