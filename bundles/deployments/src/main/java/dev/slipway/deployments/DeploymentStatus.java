package dev.slipway.deployments;

import java.util.EnumSet;
import java.util.Set;

/** Where a deployment stands, and the only place that says which status may follow which. */
public enum DeploymentStatus {
  /** Accepted; starts as soon as it is looked at. */
  PENDING,
  /** Starts only when somebody agrees. */
  AWAITING_APPROVAL,
  /** Waits behind other work on the same app. */
  QUEUED,
  CLONING,
  BUILDING,
  DEPLOYING,
  /** The new version runs; it is probed and then gets the route. */
  HEALTH_CHECKING,
  /** Serves, or would where the app is stopped. */
  LIVE,
  FAILED,
  CANCELLED,
  /** Somebody whose agreement it needed turned it down. */
  REJECTED,
  /** Was live until the app was rolled back to another version. */
  ROLLED_BACK,
  /** A newer one took its place, before it started or after it was live. */
  SUPERSEDED;

  /** Waits for its turn. */
  public boolean isWaiting() {
    return this == PENDING || this == QUEUED;
  }

  /** Has not begun, and can still be called off for nothing. */
  public boolean isAhead() {
    return isWaiting() || this == AWAITING_APPROVAL;
  }

  /** Work on it is under way; one deployment of an app at a time. */
  public boolean isActive() {
    return this == CLONING || this == BUILDING || this == DEPLOYING || this == HEALTH_CHECKING;
  }

  /** Whether the work on it is over; a live one is replaced one day all the same. */
  public boolean isOver() {
    return !isWaiting() && !isActive() && this != AWAITING_APPROVAL;
  }

  /** What may follow. */
  public Set<DeploymentStatus> next() {
    return switch (this) {
      case PENDING -> EnumSet.of(QUEUED, CLONING, DEPLOYING, FAILED, CANCELLED, SUPERSEDED);
      case AWAITING_APPROVAL -> EnumSet.of(PENDING, QUEUED, CANCELLED, REJECTED, SUPERSEDED);
      case QUEUED -> EnumSet.of(CLONING, DEPLOYING, FAILED, CANCELLED, REJECTED, SUPERSEDED);
      case CLONING -> EnumSet.of(BUILDING, FAILED, CANCELLED);
      case BUILDING -> EnumSet.of(DEPLOYING, FAILED, CANCELLED);
      case DEPLOYING -> EnumSet.of(HEALTH_CHECKING, FAILED, CANCELLED);
      case HEALTH_CHECKING -> EnumSet.of(LIVE, FAILED, CANCELLED);
      case LIVE -> EnumSet.of(ROLLED_BACK, SUPERSEDED);
      case FAILED, CANCELLED, REJECTED, ROLLED_BACK, SUPERSEDED ->
          EnumSet.noneOf(DeploymentStatus.class);
    };
  }

  /** Whether this step is allowed. */
  public boolean mayBecome(DeploymentStatus wanted) {
    return next().contains(wanted);
  }
}
