package dev.slipway.apps;

/** Where an app stands. */
public enum AppStatus {
  /** Never deployed, or its first deployment was called off. */
  CREATED,
  /** A deployment fetches or builds; an older one may still serve. */
  BUILDING,
  /** A deployment starts or is checked; an older one may still serve. */
  DEPLOYING,
  RUNNING,
  /** Serves, but not as it should. */
  DEGRADED,
  STOPPED,
  FAILED,
  /** Being taken down; nothing but the end of that changes it. */
  DELETING;

  /**
   * Whether an app may go from here to there. Being deleted is decided by this feature alone; to
   * run, to run badly and to be stopped takes something that was deployed; to be as new takes that
   * nothing was.
   *
   * @param deployed whether the app has a current deployment then
   */
  public boolean mayBecome(AppStatus next, boolean deployed) {
    return this != DELETING
        && switch (next) {
          case DELETING -> false;
          case CREATED -> !deployed;
          case RUNNING, DEGRADED, STOPPED -> deployed;
          case BUILDING, DEPLOYING, FAILED -> true;
        };
  }
}
