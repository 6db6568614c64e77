package dev.slipway.apps;

import dev.slipway.api.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which deployment has which values of secrets, for the feature that hands them to agents. Every
 * call joins the caller's unit of work where there is one.
 */
@ProviderType
public interface SecretLeases {
  /**
   * What runs, or is about to.
   *
   * @param environmentId null = outside of any environment
   */
  record Holder(UUID tenantId, UUID appId, @Nullable UUID environmentId, UUID deploymentId) {}

  /**
   * A holder whose value was rotated since.
   *
   * @param leaseId of the lease of the old value
   * @param rotatedAt when the new value was made
   * @param setBy who wants it to be deployed again; null for an API key
   */
  record Behind(
      UUID leaseId,
      Holder holder,
      String key,
      Instant rotatedAt,
      @Nullable UUID setBy,
      String setByName) {}

  /**
   * Refuses with {@link AppsError#SECRET_REVOKED} where a run would get a value that was revoked.
   */
  void requireFresh(Scope scope, UUID appId, @Nullable UUID environmentId);

  /**
   * Notes that the agent of a deployment is given the secrets of its run, before it is; noted again
   * with the values of then. From the commit on every node masks them. Refuses as {@link
   * #requireFresh}.
   */
  void take(Scope scope, Holder holder);

  /**
   * Those who have a value that was rotated since, where it is wanted that they are deployed again;
   * in order of their leases.
   *
   * @param after the lease behind which to begin; all zeros = at the first
   */
  List<Behind> behind(Scope scope, UUID after, int limit);
}
