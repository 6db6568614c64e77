package dev.slipway.deployments.service.approval;

import dev.slipway.api.Role;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An approval policy to set.
 *
 * @param environments names of those it is about; empty = all
 * @param approverRoles roles whose holders may vote
 * @param expiresAfterMinutes how long a deployment is held; null = until somebody decides
 */
public record PolicyDraft(
    boolean enabled,
    List<String> environments,
    int requiredApprovals,
    List<Role> approverRoles,
    List<UUID> approverUserIds,
    boolean allowSelfApproval,
    @Nullable Integer expiresAfterMinutes) {}
