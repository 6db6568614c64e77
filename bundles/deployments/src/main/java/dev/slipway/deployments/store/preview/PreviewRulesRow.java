package dev.slipway.deployments.store.preview;

import java.time.Instant;
import java.util.UUID;

/**
 * Which previews an app may have.
 *
 * @param most open at a time
 * @param ttlHours how long one stays that nobody updates
 */
public record PreviewRulesRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    int most,
    WhenFull whenFull,
    int ttlHours,
    Forks forks,
    Instant updatedAt) {

  /** What becomes of one more. */
  public enum WhenFull {
    /** The one that was longest without an update makes room. */
    CLOSE_OLDEST,
    REFUSE
  }

  /** What becomes of pull requests from other people's repositories. */
  public enum Forks {
    /** They get no preview. */
    OFF,
    /** Somebody has to agree to each commit, which then gets the secrets of previews. */
    APPROVE,
    /** They are deployed, and get no secret at all. */
    ON
  }
}
