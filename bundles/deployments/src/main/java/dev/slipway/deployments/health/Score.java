package dev.slipway.deployments.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a version does, and why.
 *
 * @param score 0..100
 * @param components what it is made of; what was not measured is not among them
 */
public record Score(int score, Verdict verdict, List<Component> components) {

  /** The score in a word. */
  public enum Verdict {
    HEALTHY,
    DEGRADED,
    UNHEALTHY,
    /** Too few requests to say more than that it runs. */
    INSUFFICIENT_DATA
  }

  /** What is looked at, and how much it weighs against the others. */
  public enum Name {
    ERROR_RATE(40),
    LATENCY(20),
    RESTARTS(15),
    HEALTH_CHECKS(20),
    SATURATION(5);

    private final int weight;

    Name(int weight) {
      this.weight = weight;
    }

    int weight() {
      return weight;
    }
  }

  /**
   * A part of the score.
   *
   * @param score 0..100
   * @param value as it was measured: percent, milliseconds or a number
   * @param baseline the same of the version before; null where there is none
   */
  public record Component(
      Name name, int score, int weight, double value, @Nullable Double baseline) {}
}
