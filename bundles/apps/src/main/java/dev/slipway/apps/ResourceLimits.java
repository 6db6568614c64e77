package dev.slipway.apps;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What each instance of an app may use. Null leaves a limit to the agent.
 *
 * @param id the app's
 * @param cpuCores above 0, at most {@value #MAX_CORES}
 * @param memoryMb mebibytes, {@value #MIN_MEMORY}..{@value #MAX_MEMORY}
 * @param memoryReservationMb mebibytes that are kept free for it, at most {@code memoryMb}
 * @param pidsLimit processes; null = unlimited
 * @param handedTo the deployment that got these limits, none since they were set
 */
public record ResourceLimits(
    UUID id,
    int version,
    UUID tenantId,
    @Nullable Double cpuCores,
    @Nullable Integer memoryMb,
    @Nullable Integer memoryReservationMb,
    @Nullable Integer pidsLimit,
    @Nullable UUID handedTo,
    Instant updatedAt) {
  /** The same limits, handed to a deployment. */
  public ResourceLimits handed(UUID deploymentId) {
    return new ResourceLimits(
        id,
        version,
        tenantId,
        cpuCores,
        memoryMb,
        memoryReservationMb,
        pidsLimit,
        deploymentId,
        updatedAt);
  }

  /** Most cores. */
  public static final int MAX_CORES = 1024;

  /** Least memory. */
  public static final int MIN_MEMORY = 16;

  /** Most memory. */
  public static final int MAX_MEMORY = 4 << 20;
}
