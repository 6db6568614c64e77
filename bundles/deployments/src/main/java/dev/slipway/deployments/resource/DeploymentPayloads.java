package dev.slipway.deployments.resource;

import dev.slipway.api.Page;
import dev.slipway.deployments.ApprovalState;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.store.approval.IntentRow;
import dev.slipway.deployments.store.push.ArchiveRow;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deployments as clients see them. */
public final class DeploymentPayloads {
  /** What people write: line breaks and tabs, but no other control characters. */
  public static final String TEXT = "[\\n\\r\\t[^\\p{Cc}\\p{Cs}]]*+";

  public static final String NO_TEXT = "must not contain control characters";

  private DeploymentPayloads() {}

  /** A wish for a new version; what is left out follows the app's settings. */
  public record Deploy(
      @Size(min = 1, max = 200) @Nullable String branch,
      @Pattern(regexp = "[0-9a-fA-F]{7,40}", message = "must be 7 to 40 hexadecimal digits")
          @Nullable String commitSha,
      @Size(max = 512) @Nullable String image,
      @Size(max = 1000) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String message,
      @Nullable Boolean forceRebuild,
      @Nullable Boolean skipCache,
      @Size(max = 100) @Nullable Map<String, @Nullable String> envOverrides,
      @Nullable UUID environmentId,
      @Nullable UUID serverId) {

    public DeploymentRequest toRequest() {
      return new DeploymentRequest(
          branch,
          commitSha,
          image,
          message,
          envOverrides == null ? Map.of() : new LinkedHashMap<>(envOverrides),
          Boolean.TRUE.equals(skipCache),
          environmentId,
          serverId);
    }
  }

  /** Why something is done, where somebody says so. */
  public record Comment(
      @Size(max = 2000) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String comment) {
    public static @Nullable String of(@Nullable Comment body) {
      return body == null ? null : body.comment();
    }
  }

  /** Why something is done, where somebody says so. */
  public record Reason(
      @Size(max = 2000) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String reason) {
    public static @Nullable String of(@Nullable Reason body) {
      return body == null ? null : body.reason();
    }
  }

  /** A new deployment, and why it waits; the intent is null where it starts at once. */
  public record CreatedAnswer(View deployment, IntentPayloads.@Nullable View intent) {
    public static CreatedAnswer of(Deployment deployment, @Nullable IntentRow intent) {
      return new CreatedAnswer(
          View.of(deployment), intent == null ? null : IntentPayloads.View.of(intent));
    }
  }

  /**
   * A wish for an earlier version.
   *
   * @param deploymentId null = the one before the one that is live
   * @param environment its name or slug; null = production, or where the deployment was live
   */
  public record Rollback(
      @Nullable UUID deploymentId,
      @Size(max = 100) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String environment,
      @Size(max = 1000) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String reason) {}

  /** A deployment. */
  public record View(
      UUID id,
      UUID appId,
      @Nullable UUID environmentId,
      UUID serverId,
      DeploymentStatus status,
      DeploymentTrigger trigger,
      @Nullable String branch,
      @Nullable String commitSha,
      @Nullable String commitMessage,
      @Nullable String image,
      @Nullable String releaseName,
      @Nullable UUID buildId,
      @Nullable UUID intentId,
      @Nullable UUID rollbackOf,
      @Nullable String previewUrl,
      ApprovalState approvalState,
      int approvalsRequired,
      @Nullable String errorMessage,
      @Nullable UUID createdBy,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {

    public static View of(Deployment deployment) {
      return new View(
          deployment.id(),
          deployment.appId(),
          deployment.environmentId(),
          deployment.serverId(),
          deployment.status(),
          deployment.trigger(),
          deployment.branch(),
          deployment.commitSha(),
          deployment.commitMessage(),
          deployment.image(),
          deployment.releaseName(),
          deployment.buildId(),
          deployment.intentId(),
          deployment.rollbackOf(),
          deployment.previewUrl(),
          deployment.approvalState(),
          deployment.approvalsRequired(),
          deployment.errorMessage(),
          deployment.createdBy(),
          deployment.createdAt(),
          deployment.startedAt(),
          deployment.finishedAt());
    }
  }

  /** One deployment. */
  public record DeploymentAnswer(View deployment) {
    public static DeploymentAnswer of(Deployment deployment) {
      return new DeploymentAnswer(View.of(deployment));
    }
  }

  /** Some deployments, newest first; the total is counted up to 10000. */
  public record DeploymentsAnswer(List<View> deployments, long total) {
    public static DeploymentsAnswer of(Page<Deployment> page) {
      return new DeploymentsAnswer(page.map(View::of).items(), page.total());
    }
  }

  /** What was told of deployments, oldest first. */
  public record Replay(List<Map<String, @Nullable Object>> events) {}

  /** Work that goes on; the operation tells how far it is. */
  public record Started(UUID operationId) {}

  /** An uploaded folder; {@code size_bytes} as it came, packed. */
  public record ArchiveView(UUID id, String commitSha, int files, long sizeBytes) {}

  /** An uploaded folder. */
  public record ArchiveAnswer(ArchiveView archive) {
    public static ArchiveAnswer of(ArchiveRow row) {
      return new ArchiveAnswer(
          new ArchiveView(row.id(), row.commitSha(), row.files(), row.sizeBytes()));
    }
  }
}
