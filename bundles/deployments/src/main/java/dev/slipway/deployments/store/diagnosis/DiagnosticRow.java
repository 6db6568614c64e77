package dev.slipway.deployments.store.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a deployment failed, as far as a rule can tell.
 *
 * @param rule its name
 * @param evidence what it fired on, each with {@code kind} and {@code text}
 */
public record DiagnosticRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    UUID deploymentId,
    UUID serverId,
    String rule,
    Category category,
    Severity severity,
    String title,
    String summary,
    @Nullable String rootCause,
    @Nullable String suggestion,
    List<Map<String, String>> evidence,
    double confidence,
    Instant createdAt) {}
