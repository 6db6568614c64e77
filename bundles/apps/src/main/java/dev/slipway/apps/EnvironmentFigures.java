package dev.slipway.apps;

import dev.slipway.api.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows what happens in environments. Features that count deployments or requests register one;
 * each says only what it knows. Every call joins the current unit of work where there is one, and
 * its number of queries does not grow with the environments.
 */
@ConsumerType
public interface EnvironmentFigures {
  /** What happened in each of these environments within a time that ends now. */
  Map<UUID, Counts> within(Scope scope, Collection<UUID> environmentIds, Duration time);

  /** The last promotion into each of these environments; those without one are left out. */
  Map<UUID, Promotion> promotions(Scope scope, Collection<UUID> environmentIds);

  /**
   * What happened; null for what the source does not count.
   *
   * @param requests how many
   * @param errorRatePercent 0..100
   * @param latencyP95Ms milliseconds
   */
  record Counts(
      @Nullable Long requests,
      @Nullable Double errorRatePercent,
      @Nullable Double latencyP95Ms,
      @Nullable Integer deployments,
      @Nullable Integer failedDeployments) {
    /** Nobody counts. */
    public static final Counts NONE = new Counts(null, null, null, null, null);

    /** These, and those of another source where this one has none. */
    public Counts or(Counts other) {
      return new Counts(
          requests == null ? other.requests : requests,
          errorRatePercent == null ? other.errorRatePercent : errorRatePercent,
          latencyP95Ms == null ? other.latencyP95Ms : latencyP95Ms,
          deployments == null ? other.deployments : deployments,
          failedDeployments == null ? other.failedDeployments : failedDeployments);
    }
  }

  /**
   * A version that came from another environment.
   *
   * @param commitsBehind how many commits the target is behind its source now; null where unknown
   */
  record Promotion(UUID deploymentId, Instant at, @Nullable Integer commitsBehind) {}
}
