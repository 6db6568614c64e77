package dev.slipway.deployments.resource.approval;

import dev.slipway.api.Role;
import dev.slipway.deployments.resource.DeploymentPayloads;
import dev.slipway.deployments.service.approval.Decisions;
import dev.slipway.deployments.service.approval.PolicyDraft;
import dev.slipway.deployments.store.approval.ApprovalRow;
import dev.slipway.deployments.store.approval.PolicyRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Approval policies and votes as clients see them. */
public final class ApprovalPayloads {
  private ApprovalPayloads() {}

  /** A policy to set; what is left out gets its default. */
  public record Policy(
      @NotNull Boolean enabled,
      @Size(max = 50)
          @Nullable
              List<
                  @NotBlank @Size(max = 63)
                  @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
                  String>
              environments,
      @Min(1) @Max(10) @Nullable Integer requiredApprovals,
      @Size(max = 3) @Nullable List<@NotNull Role> approverRoles,
      @Size(max = 100) @Nullable List<@NotNull UUID> approverUserIds,
      @Nullable Boolean allowSelfApproval,
      @Min(1) @Max(525_600) @Nullable Integer expiresAfterMinutes) {

    PolicyDraft toDraft() {
      return new PolicyDraft(
          enabled,
          environments == null ? List.of() : environments,
          requiredApprovals == null ? 1 : requiredApprovals,
          approverRoles == null ? List.of() : approverRoles,
          approverUserIds == null ? List.of() : approverUserIds,
          Boolean.TRUE.equals(allowSelfApproval),
          expiresAfterMinutes);
    }
  }

  /** A policy as it is. */
  public record PolicyView(
      UUID appId,
      boolean enabled,
      List<String> environments,
      int requiredApprovals,
      List<String> approverRoles,
      List<String> approverUserIds,
      boolean allowSelfApproval,
      @Nullable Integer expiresAfterMinutes,
      @Nullable UUID updatedBy,
      Instant updatedAt) {}

  /** A policy as it is. */
  public record PolicyAnswer(PolicyView approvalPolicy) {
    static PolicyAnswer of(PolicyRow row) {
      return new PolicyAnswer(
          new PolicyView(
              row.appId(),
              row.enabled(),
              row.environments(),
              row.requiredApprovals(),
              row.approverRoles(),
              row.approverUserIds(),
              row.allowSelfApproval(),
              row.expiresAfterMinutes(),
              row.updatedBy(),
              row.updatedAt()));
    }
  }

  /** A no, and why. */
  public record Rejection(
      @NotBlank
          @Size(max = 2000)
          @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
          String comment) {}

  /** A vote. */
  public record VoteView(
      UUID id,
      UUID deploymentId,
      UUID userId,
      ApprovalRow.Decision decision,
      @Nullable String comment,
      Instant createdAt) {

    static VoteView of(ApprovalRow row) {
      return new VoteView(
          row.id(),
          row.deploymentId(),
          row.userId(),
          row.decision(),
          row.comment(),
          row.createdAt());
    }
  }

  /** A deployment with the votes on it, oldest first. */
  public record VotedAnswer(DeploymentPayloads.View deployment, List<VoteView> approvals) {
    static VotedAnswer of(Decisions.Voted voted) {
      return new VotedAnswer(
          DeploymentPayloads.View.of(voted.deployment()),
          voted.votes().stream().map(VoteView::of).toList());
    }
  }
}
