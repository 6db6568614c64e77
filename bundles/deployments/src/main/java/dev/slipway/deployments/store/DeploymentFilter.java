package dev.slipway.deployments.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments to list; null leaves a condition out.
 *
 * @param statuses lower-case names of statuses, any of them
 */
public record DeploymentFilter(
    @Nullable UUID appId,
    @Nullable UUID environmentId,
    @Nullable UUID projectId,
    @Nullable UUID serverId,
    String @Nullable [] statuses,
    @Nullable String branch) {}
