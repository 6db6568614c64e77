package dev.slipway.deployments.diagnosis;

import dev.slipway.deployments.store.diagnosis.Category;
import dev.slipway.deployments.store.diagnosis.Severity;
import java.util.List;

/**
 * A rule that fired.
 *
 * @param rule its name
 * @param proofs the lines it fired on
 */
public record Finding(
    String rule,
    Category category,
    Severity severity,
    String title,
    String suggestion,
    double confidence,
    List<Proof> proofs) {

  /**
   * A line that a rule fired on.
   *
   * @param kind {@code log} or {@code event}
   */
  public record Proof(String kind, String text) {}
}
