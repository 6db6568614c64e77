package dev.slipway.deployments.service;

import dev.slipway.deployments.store.StepRow;
import java.time.Duration;

/**
 * What a step of a rollout is about, as its target says: a share, a number of instances, a time.
 */
public final class Amount {
  private Amount() {}

  public static String percent(int percent) {
    return percent + "%";
  }

  /** So many instances of all. */
  public static String instances(int count, int of) {
    return count + "/" + of;
  }

  public static String seconds(int seconds) {
    return seconds + "s";
  }

  public static boolean isPercent(StepRow shift) {
    return shift.requireTarget().endsWith("%");
  }

  /** The number in front: of percent, instances or seconds. */
  public static int of(StepRow step) {
    return Integer.parseInt(step.requireTarget().split("[%/s]", 2)[0]);
  }

  public static Duration time(StepRow watch) {
    return Duration.ofSeconds(of(watch));
  }
}
