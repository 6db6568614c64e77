package dev.slipway.deployments.store.approval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who must sign off an app's deployments.
 *
 * @param environments names of those it is about; empty = all
 * @param approverRoles roles in lower case whose holders may vote
 * @param approverUserIds users who may vote whatever their role
 * @param expiresAfterMinutes how long a deployment is held; null = until somebody decides
 */
public record PolicyRow(
    UUID id,
    UUID tenantId,
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
