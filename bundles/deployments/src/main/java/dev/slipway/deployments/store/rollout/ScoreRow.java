package dev.slipway.deployments.store.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest health score of a deployment.
 *
 * @param id the deployment's
 * @param score 0..100
 * @param components each with its name, score, weight and value, and what it is held against
 * @param sampleWindowSeconds how far back was looked
 */
public record ScoreRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    int score,
    String verdict,
    List<Map<String, @Nullable Object>> components,
    int sampleWindowSeconds,
    Instant computedAt) {}
