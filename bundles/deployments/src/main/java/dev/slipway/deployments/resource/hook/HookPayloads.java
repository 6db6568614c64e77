package dev.slipway.deployments.resource.hook;

import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.resource.DeploymentPayloads;
import dev.slipway.deployments.store.hook.HookRow;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deploy hooks as clients see them. */
public final class HookPayloads {
  private HookPayloads() {}

  /** A hook to make. */
  public record Create(
      @NotBlank
          @Size(max = 80)
          @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
          String name,
      @Size(min = 1, max = 200) @Nullable String branch,
      @Nullable UUID environmentId) {}

  /** What a call of the hook may say. */
  public record Trigger(
      @Size(max = 211) @Nullable String ref,
      @Pattern(regexp = "[0-9a-fA-F]{7,40}", message = "must be 7 to 40 hexadecimal digits")
          @Nullable String commitSha) {}

  /** A hook without its token. */
  public record View(
      UUID id,
      UUID appId,
      String name,
      String tokenPreview,
      @Nullable String branch,
      @Nullable UUID environmentId,
      @Nullable Instant lastTriggeredAt,
      int triggerCount,
      @Nullable UUID createdBy,
      Instant createdAt) {

    static View of(HookRow row) {
      return new View(
          row.id(),
          row.appId(),
          row.name(),
          row.tokenPreview(),
          row.branch(),
          row.environmentId(),
          row.lastTriggeredAt(),
          row.triggerCount(),
          row.createdBy(),
          row.createdAt());
    }
  }

  /** A new hook; the token is shown this once. */
  public record CreatedAnswer(View hook, String token, String url) {}

  /** The hooks of an app. */
  public record HooksAnswer(List<View> hooks) {
    static HooksAnswer of(List<HookRow> rows) {
      return new HooksAnswer(rows.stream().map(View::of).toList());
    }
  }

  /** What a call of the hook led to. */
  public record TriggeredAnswer(UUID deploymentId, UUID appId, String status) {
    static TriggeredAnswer of(Deployment deployment) {
      return new TriggeredAnswer(deployment.id(), deployment.appId(), "queued");
    }
  }
}
